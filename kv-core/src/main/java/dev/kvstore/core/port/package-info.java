/**
 * The outbound side of the hexagon: what the store needs of an engine. Whoever writes an engine implements {@link
 * dev.kvstore.core.port.StoragePort} and, if the engine can, {@link dev.kvstore.core.port.MaintenancePort}.
 */
@NullMarked
package dev.kvstore.core.port;

import org.jspecify.annotations.NullMarked;
