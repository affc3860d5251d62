package dev.kvstore.jsonfile;

import dev.kvstore.jsonfile.checkpoint.CheckpointFile;
import dev.kvstore.jsonfile.compaction.CompactionPolicy;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import java.io.Closeable;
import java.nio.file.Path;

/**
 * What one opening works with.
 *
 * @param lock gives the store up when it is closed
 * @param temporary the name of a file that is being written, until it is whole
 */
record Tools(
    StoreFileSystem fileSystem,
    Closeable lock,
    Background background,
    Path temporary,
    CompactionPolicy policy,
    CheckpointFile checkpoints) {}
