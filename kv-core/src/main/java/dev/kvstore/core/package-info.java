/** The rules of the store. */
@NullMarked
package dev.kvstore.core;

import org.jspecify.annotations.NullMarked;
