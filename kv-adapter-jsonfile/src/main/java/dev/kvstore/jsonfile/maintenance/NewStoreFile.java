package dev.kvstore.jsonfile.maintenance;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import dev.kvstore.jsonfile.log.LineBuffer;
import dev.kvstore.jsonfile.log.LineEncoder;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Mark;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.log.LogLine.Put;
import dev.kvstore.jsonfile.log.LogLine.Step;
import dev.kvstore.jsonfile.recovery.WrittenLines;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A store that is written from front to back, with an id of its own, and closed cleanly. It is written beside its place, under
 * the name that an opening removes if a crash has left it, and gets its name when it is whole and on the disk. For one thread.
 */
final class NewStoreFile implements Closeable {

  private static final int CHUNK_BYTES = 1 << 17;

  private final StoreFileSystem fileSystem;
  private final StoragePath target;
  private final Path temporary;
  private final Closeable lock;
  private final StoreFile file;
  private final LogHeader header = LogHeader.ofNewStore();
  private final LineEncoder encoder = new LineEncoder(header);
  private final LineBuffer pending = new LineBuffer();
  private long written;
  private long seq;
  private boolean published;

  private NewStoreFile(
      StoreFileSystem fileSystem, StoragePath target, Path temporary, Closeable lock)
      throws IOException {
    this.fileSystem = fileSystem;
    this.target = target;
    this.temporary = temporary;
    this.lock = lock;
    fileSystem.delete(temporary);
    this.file = fileSystem.create(temporary);
  }

  /**
   * Begins a store.
   *
   * @param command what this process is to others that want the same place
   * @throws InvalidInputException INVALID_LOCATION if there is something of that name
   */
  static NewStoreFile begin(StoreFileSystem fileSystem, StoragePath target, String command)
      throws IOException {
    requireNothing(fileSystem, target);
    fileSystem.createFolders(target.folder());
    Closeable lock = fileSystem.lock(target, command, Duration.ZERO);
    try {
      // Somebody may have made it before the lock was taken.
      requireNothing(fileSystem, target);
      return new NewStoreFile(fileSystem, target, target.sidecar(".compact"), lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** How many lines there are. */
  long lines() {
    return seq;
  }

  /**
   * Adds an entry.
   *
   * @param atMillis when it was stored
   * @throws LimitExceededException STORE_FULL if the file would pass the largest cap
   */
  void add(Put entry, long atMillis) throws IOException {
    addLine(entry, atMillis);
  }

  /** Ends the store: when this returns, it is on the disk under its name. */
  void publish(long atMillis) throws IOException {
    addLine(Mark.CLOSED, atMillis);
    flush();
    file.force();
    if (!WrittenLines.areSound(
        file, header, header.line().length, written, 0, seq, ProgressListener.NONE)) {
      throw StorageFailedException.failed(
          "the new store " + Printable.quote(target.file().toString())
              + " is not on the disk as it was written; it was removed again, use another disk",
          Map.of("file", target.file().toString()),
          null);
    }
    requireNothing(fileSystem, target);
    fileSystem.rename(temporary, target.file());
    published = true;
    fileSystem.forceFolder(target.folder());
  }

  private void addLine(Step step, long atMillis) throws IOException {
    // None of these lines is there before all are forced, so each may say that those before it are.
    encoder.encode(new LogLine(Place.after(seq, seq), atMillis, step), pending);
    seq++;
    if (pending.length() >= CHUNK_BYTES) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (written == 0) {
      byte[] line = header.line();
      file.write(0, line, line.length);
      written = line.length;
    }
    if (written + pending.length() > StorageOptions.MAX_BYTES) {
      throw LimitExceededException.storeFull(
          target.file().toString(), pending.length(), written, StorageOptions.MAX_BYTES);
    }
    file.write(written, pending.bytes(), pending.length());
    written += pending.length();
    pending.clear();
  }

  private static void requireNothing(StoreFileSystem fileSystem, StoragePath target)
      throws IOException {
    if (fileSystem.exists(target.file())) {
      String name = target.file().toString();
      throw InvalidInputException.location(
          "there is something at " + Printable.quote(name)
              + " already, and it is never replaced; name a new file, or remove that one",
          Map.of("location", name));
    }
  }

  /** Takes back what was not published. */
  @Override
  public void close() throws IOException {
    try (lock) {
      try {
        file.close();
      } finally {
        if (!published) {
          fileSystem.delete(temporary);
        }
      }
    }
  }
}
