package dev.kvstore.jsonfile.maintenance;

import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.port.DamagedPlace;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.checkpoint.Checkpoint;
import dev.kvstore.jsonfile.checkpoint.CheckpointFile;
import dev.kvstore.jsonfile.file.EmptyFile;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import dev.kvstore.jsonfile.log.HeaderMender;
import dev.kvstore.jsonfile.log.HeaderReader;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.recovery.BlankTail;
import dev.kvstore.jsonfile.recovery.LogSurvey;
import dev.kvstore.jsonfile.recovery.SurveyedLine;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A data file that may be damaged, open to be read and never written, with the lock unless it is only looked at. */
final class SourceFile implements Closeable {

  private final Closeable lock;
  private final ReadableFile file;
  private final StoragePath path;
  private final CheckpointFile checkpoints;
  private final LogHeader header;
  private final boolean headerIsSound;
  /** Where the lines begin. */
  private final long start;

  private SourceFile(
      Closeable lock, ReadableFile file, StoragePath path, CheckpointFile checkpoints, byte[] first)
      throws IOException {
    this.lock = lock;
    this.file = file;
    this.path = path;
    this.checkpoints = checkpoints;
    Optional<LogHeader> sound = HeaderReader.find(first);
    this.headerIsSound = sound.isPresent();
    this.header = sound.isPresent() ? sound.get() : salvaged(first);
    this.start = headerIsSound ? header.line().length : behindFirstFeed(first);
  }

  /**
   * Opens a store's data file.
   *
   * @throws dev.kvstore.core.error.StoreException as {@link dev.kvstore.core.port.MaintenancePort} says; STORE_CORRUPT if its
   *     header is lost
   */
  static SourceFile open(StorageOptions options, StoreFileSystem fileSystem) throws IOException {
    StoragePath path = options.path();
    if (!fileSystem.hasDataFile(path)) {
      throw StoreUnavailableException.missing(path.file().toString());
    }
    Closeable lock = options.readOnly()
        ? () -> {}
        : fileSystem.lock(path, options.command(), options.lockWait());
    try {
      ReadableFile file =
          options.readOnly() ? fileSystem.openToRead(path.file()) : fileSystem.open(path.file());
      try {
        if (file.size() == 0) {
          EmptyFile.requireNew(fileSystem, path);
          throw StoreUnavailableException.missing(path.file().toString());
        }
        HeaderReader.requireLength(file, path.file().toString());
        byte[] first = new byte[(int) Math.min(HeaderReader.MAX_HEADER_BYTES, file.size())];
        file.read(0, first);
        CheckpointFile checkpoints = new CheckpointFile(fileSystem, path.sidecar(".index"));
        return new SourceFile(lock, file, path, checkpoints, first);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Its path, for messages. */
  String name() {
    return path.file().toString();
  }

  ReadableFile file() {
    return file;
  }

  LogHeader header() {
    return header;
  }

  long size() throws IOException {
    return file.size();
  }

  /** Shows {@code visitor} what the lines are; the length of the torn tail in bytes. */
  long survey(LogSurvey.Visitor visitor) throws IOException {
    return new LogSurvey(file, name(), header, start, visitor).run();
  }

  /** What is wrong with the header. */
  Optional<DamagedPlace> headerDamage() {
    return headerIsSound
        ? Optional.empty()
        : Optional.of(new DamagedPlace(
            name(),
            OptionalLong.of(0),
            OptionalLong.of(1),
            Optional.empty(),
            "the header is damaged; what it said was found out"));
  }

  /** Up to where its index knows lines to have been written, in bytes; 0 if there is none. */
  long writtenUpTo() {
    Optional<Checkpoint> checkpoint = checkpoints.read(header);
    checkpoint.ifPresent(known -> known.slots().memory().close());
    return checkpoint.map(Checkpoint::offset).orElse(0L);
  }

  /**
   * Where the lines end, if there were more.
   *
   * @param written up to where, asked before the survey: another process may go on writing
   * @param tornBytes what the survey takes for a torn tail
   */
  Optional<DamagedPlace> lostEnd(long written, long tornBytes) throws IOException {
    long end = BlankTail.startOf(file, start) - tornBytes;
    return written <= end
        ? Optional.empty()
        : Optional.of(new DamagedPlace(
            name(),
            OptionalLong.of(end),
            OptionalLong.empty(),
            Optional.empty(),
            "the end of the file is lost: its index knows that " + written
                + " bytes were written"));
  }

  /** The header that a damaged one was: mended by its checksum, or told by the index. */
  private LogHeader salvaged(byte[] first) throws IOException {
    Optional<LogHeader> mended = HeaderMender.mend(first);
    if (mended.isPresent()) {
      return mended.get();
    }
    Optional<LogHeader> told = checkpoints.log();
    if (told.isPresent() && hasLineOf(told.get(), behindFirstFeed(first))) {
      return told.get();
    }
    HeaderReader.read(first, name()); // throws what is wrong
    throw new IllegalStateException("the header is sound after all");
  }

  private boolean hasLineOf(LogHeader guessed, long from) throws IOException {
    boolean[] found = {false};
    LogSurvey.Visitor visitor = new LogSurvey.Visitor() {
      @Override
      public void whole(List<SurveyedLine> commit) {
        found[0] = true;
      }

      @Override
      public void lost(DamagedPlace place) {}
    };
    new LogSurvey(file, name(), guessed, from, visitor).run();
    return found[0];
  }

  private static long behindFirstFeed(byte[] first) {
    for (int i = 0; i < first.length; i++) {
      if (first[i] == '\n') {
        return i + 1L;
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      file.close();
    }
  }
}
