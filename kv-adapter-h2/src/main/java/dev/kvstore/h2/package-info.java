/** The engine that keeps a store in an embedded H2 file database. */
@NullMarked
package dev.kvstore.h2;

import org.jspecify.annotations.NullMarked;
