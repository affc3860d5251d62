/** The engine that keeps a store in an embedded H2 file database; {@link dev.kvstore.h2.H2Storage} is its way in. */
@NullMarked
package dev.kvstore.h2;

import org.jspecify.annotations.NullMarked;
