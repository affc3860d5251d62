/** The default engine: a {@link dev.kvstore.core.port.StoragePort} on one JSON Lines file. Begin with {@link JsonFileStorage}. */
@NullMarked
package dev.kvstore.jsonfile;

import org.jspecify.annotations.NullMarked;
