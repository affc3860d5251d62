package dev.kvstore.jsonfile;

import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.checkpoint.CheckpointFile;
import dev.kvstore.jsonfile.compaction.CompactionPolicy;
import dev.kvstore.jsonfile.file.EmptyFile;
import dev.kvstore.jsonfile.file.FileCopy;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import dev.kvstore.jsonfile.log.HeaderReader;
import dev.kvstore.jsonfile.log.LogFormat;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.recovery.LogEnd;
import dev.kvstore.jsonfile.recovery.Recovered;
import dev.kvstore.jsonfile.recovery.TornTail;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Opens a store: finds or makes the file, takes the lock, recovers. */
final class StoreOpening {

  private final StorageOptions options;
  private final StoreFileSystem fileSystem;
  private final Background background;
  private final CheckpointPolicy checkpointPolicy;
  private final StoragePath path;

  /** The name of a file that is being written, until it is whole. */
  private final Path temporary;

  StoreOpening(
      StorageOptions options,
      StoreFileSystem fileSystem,
      Background background,
      CheckpointPolicy checkpointPolicy) {
    this.checkpointPolicy = checkpointPolicy;
    this.background = background;
    this.options = options;
    this.fileSystem = fileSystem;
    this.path = options.path();
    this.temporary = path.sidecar(".compact");
  }

  JsonFileStorage open() {
    try {
      if (isNew()) {
        requireMayCreate();
      } else {
        // Before the lock file is made: nothing is put beside a file that is no store.
        readHeader();
      }
      fileSystem.createFolders(path.folder());
      Closeable lock = fileSystem.lock(path, options.command(), options.lockWait());
      try {
        return openLocked(lock);
      } catch (IOException | RuntimeException | Error e) {
        closeAfter(e, lock);
        throw e;
      }
    } catch (IOException e) {
      throw StorageFailures.failed("open", path.file(), e);
    }
  }

  private JsonFileStorage openLocked(Closeable lock) throws IOException {
    fileSystem.delete(temporary);
    if (isNew()) {
      // Also if it was there before the wait for the lock.
      requireMayCreate();
      writeNewStore();
    }
    LogHeader header = readHeader();
    StoreFile file = fileSystem.open(path.file());
    try {
      CheckpointFile checkpoints = new CheckpointFile(fileSystem, path.sidecar(".index"));
      Recovered recovered = new Recovery(path, checkpoints).recover(file, header);
      LogEnd end = settle(file, recovered);
      Generation generation = new Generation(file, header, recovered.index());
      LogWriter writer = new LogWriter(options, background, file, header, end);
      StoreState state = new StoreState(path, generation);
      CompactionPolicy policy = new CompactionPolicy(options.maxBytes(), LogFormat.MAX_MARK_BYTES);
      Tools tools =
          new Tools(fileSystem, lock, background, temporary, policy, checkpoints, checkpointPolicy);
      CommitLog log = new CommitLog(options, tools, state, writer, recovered.known());
      return new JsonFileStorage(options, state, log);
    } catch (IOException | RuntimeException | Error e) {
      closeAfter(e, file);
      throw e;
    }
  }

  /** Whether there is no store yet: no file, or an empty one that has lost nothing. */
  private boolean isNew() throws IOException {
    if (!fileSystem.hasDataFile(path)) {
      return true;
    }
    try (StoreFile file = fileSystem.open(path.file())) {
      if (file.size() > 0) {
        return false;
      }
    }
    EmptyFile.requireNew(fileSystem, path);
    return true;
  }

  private void requireMayCreate() {
    if (!options.createIfMissing()) {
      throw StoreUnavailableException.missing(path.file().toString());
    }
  }

  private LogHeader readHeader() throws IOException {
    try (StoreFile file = fileSystem.open(path.file())) {
      return HeaderReader.read(file, path.file().toString());
    }
  }

  /** Under a temporary name first, so that no crash leaves half a header. What settles the file makes its name durable. */
  private void writeNewStore() throws IOException {
    byte[] header = LogHeader.ofNewStore().line();
    try (StoreFile file = fileSystem.create(temporary)) {
      file.write(0, header, header.length);
      file.force();
    }
    fileSystem.rename(temporary, path.file());
  }

  /** Cuts what is not part of the history, and makes durable what is; touches nothing after a clean close. */
  private LogEnd settle(StoreFile file, Recovered recovered) throws IOException {
    LogEnd end = recovered.end();
    if (recovered.closedCleanly()) {
      return end;
    }
    if (recovered.tornBytes() > 0) {
      Path aside = new TornTail(fileSystem, path, temporary).keepAside(file, recovered);
      System.getLogger(JsonFileStorage.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "the last write to the store was cut short; its {0} bytes were never acknowledged and are kept in {1}",
              Long.toString(recovered.tornBytes()),
              Printable.escape(aside.toString()));
    }
    if (file.size() > end.offset()) {
      file.truncate(end.offset());
    }
    // What the last writer may not have forced, or in vain.
    FileCopy.rewrite(file, end.durableOffset(), end.offset());
    file.force();
    // Whoever wrote the file may have been killed between renaming it and making its name durable.
    fileSystem.forceFolder(path.folder());
    return end.forced();
  }

  private static void closeAfter(Throwable failure, Closeable resource) {
    try {
      resource.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
