/** The outbound side of the hexagon: what the store needs of an engine. Whoever writes an engine implements this package. */
@NullMarked
package dev.kvstore.core.port;

import org.jspecify.annotations.NullMarked;
