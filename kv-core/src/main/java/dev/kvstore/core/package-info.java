/**
 * The inbound side of the hexagon: a {@link dev.kvstore.core.KeyValueStore} applies the rules of the store over any {@link
 * dev.kvstore.core.port.StoragePort}.
 */
@NullMarked
package dev.kvstore.core;

import org.jspecify.annotations.NullMarked;
