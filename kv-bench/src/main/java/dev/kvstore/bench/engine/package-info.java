/** The stores that are measured, each behind the same small interface, and the raw files that bound them. */
@NullMarked
package dev.kvstore.bench.engine;

import org.jspecify.annotations.NullMarked;
