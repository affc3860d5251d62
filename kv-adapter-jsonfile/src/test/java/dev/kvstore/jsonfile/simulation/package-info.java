/**
 * A file system in memory that loses, tears, reorders and refuses: what the engine is tested on. It tells what programs see
 * (the cache) from what is on the disk, and enumerates the states in which a power cut may leave the disk.
 */
@NullMarked
package dev.kvstore.jsonfile.simulation;

import org.jspecify.annotations.NullMarked;
