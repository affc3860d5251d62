/** The store's nouns: keys, values, times to live and entries. Each checks its own rule, once, when it is made. */
@NullMarked
package dev.kvstore.core.model;

import org.jspecify.annotations.NullMarked;
