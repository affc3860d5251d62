package dev.kvstore.jsonfile;

import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.checkpoint.CheckpointFile;
import dev.kvstore.jsonfile.file.EmptyFile;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.log.HeaderReader;
import dev.kvstore.jsonfile.log.LogHeader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * Opens a store to look at it alone, also beside a process that has it open: without the lock, and without a change of anything.
 * The file is opened once, so that all of the snapshot is of one generation; it stays readable when a compaction puts another in
 * its place.
 */
final class SnapshotOpening {

  private final StorageOptions options;
  private final StoreFileSystem fileSystem;
  private final StoragePath path;

  SnapshotOpening(StorageOptions options, StoreFileSystem fileSystem) {
    this.options = options;
    this.fileSystem = fileSystem;
    this.path = options.path();
  }

  JsonFileStorage open() {
    try {
      ReadableFile file = openFile();
      try {
        return open(file);
      } catch (IOException | RuntimeException e) {
        try (file) {
          throw e;
        }
      }
    } catch (IOException e) {
      throw StorageFailures.failed("open", path.file(), e);
    }
  }

  private ReadableFile openFile() throws IOException {
    if (!fileSystem.hasDataFile(path)) {
      throw missing();
    }
    try {
      return fileSystem.openToRead(path.file());
    } catch (FileNotFoundException | NoSuchFileException e) {
      if (!fileSystem.hasDataFile(path)) {
        throw missing();
      }
      throw e; // the first is also what a lack of permission gives
    }
  }

  private JsonFileStorage open(ReadableFile file) throws IOException {
    if (file.size() == 0) {
      EmptyFile.requireNew(fileSystem, path);
      throw missing();
    }
    LogHeader header = HeaderReader.read(file, path.file().toString());
    CheckpointFile checkpoints = new CheckpointFile(fileSystem, path.sidecar(".index"));
    KeyIndex index = new Recovery(path, checkpoints).snapshot(file, header);
    StoreState state = new StoreState(path, new Generation(file, header, index));
    return new JsonFileStorage(options, state, new NoChanges(path, state));
  }

  private StoreUnavailableException missing() {
    return StoreUnavailableException.missing(path.file().toString());
  }
}
