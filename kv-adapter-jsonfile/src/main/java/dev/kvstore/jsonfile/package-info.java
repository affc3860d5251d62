/** The engine that keeps a store in one JSON Lines file. */
@NullMarked
package dev.kvstore.jsonfile;

import org.jspecify.annotations.NullMarked;
