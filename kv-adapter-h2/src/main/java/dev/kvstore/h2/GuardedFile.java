package dev.kvstore.h2;

import dev.kvstore.h2.WatchedFile.Fault;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file below one H2 database. Everything that H2 reads and writes passes here, so here some promises are kept whatever H2
 * does: the file never grows beyond the limit, what H2 has written since the last force counts whole or not at all after a
 * crash, and nothing is written after a force has failed. Safe for any thread.
 */
final class GuardedFile implements AutoCloseable {

  /** What H2 allocates in. */
  static final int BLOCK = 4_096;

  private final Path path;
  private final WatchedFile file;
  private final DatabaseLock lock;
  private final boolean inMaking;
  private volatile long limit;
  private volatile boolean sealed;
  private volatile boolean readOnly;
  private volatile boolean limitReached;

  /** How long the file is for H2; what lies behind was left by a crash. Changed by the one thread that writes. */
  private volatile long end;

  // The writer's own.
  private @Nullable ChunkFooter last;
  private boolean endsGroup;
  private byte @Nullable [] header;

  /** What H2 reads in the place of the header, so that it need not look for the newest chunk; null if it reads what is there. */
  private volatile byte @Nullable [] shownHeader;

  private long forcedVersion;

  private final SoundChunks soundChunks;

  /** What the header named as the newest when the file was opened. */
  private long namedVersion;

  private GuardedFile(
      Path path,
      StorageFile storage,
      long limit,
      boolean inMaking,
      long end,
      @Nullable ChunkFooter last) {
    this.path = path;
    this.file = new WatchedFile(storage);
    this.lock = new DatabaseLock(file);
    this.limit = limit;
    this.inMaking = inMaking;
    this.end = end;
    this.last = last;
    this.soundChunks = new SoundChunks(file, last, end);
  }

  /**
   * A file that a crash may leave at any moment, and that is read then. What a crash has left behind its newest whole group of
   * commits is not seen, and cut off before the next write.
   *
   * @throws dev.kvstore.core.error.CorruptStoreException STORE_CORRUPT if its end is damaged; it is open all the same
   */
  static GuardedFile inUse(Path path, StorageFile file, long limit) throws IOException {
    LastGroup group = LastGroup.find(file, path);
    // Without a chunk this is no file of ours, and H2 should see all of it.
    long end = group.last() == null ? file.size() : group.end();
    GuardedFile opened = new GuardedFile(path, file, limit, false, end, group.last());
    opened.meetNewest(group);
    return opened;
  }

  /** A damaged file as if it ended with {@code group}, which has a chunk: to be looked at alone. */
  static GuardedFile damaged(Path path, StorageFile file, LastGroup group) throws IOException {
    GuardedFile opened = new GuardedFile(path, file, group.end(), false, group.end(), group.last());
    ChunkFooter last = group.last();
    if (last != null) {
      opened.shownHeader = StoreHeader.goingBackTo(opened.headerOnDisk(), last, group.end());
      opened.forcedVersion = last.version();
    }
    opened.sealForEver();
    return opened;
  }

  private void meetNewest(LastGroup group) throws IOException {
    byte[] onDisk = headerOnDisk();
    namedVersion = StoreHeader.versionNamed(onDisk);
    ChunkFooter newest = group.last();
    if (newest == null || newest.mark() == null) {
      return;
    }
    if (newest.isDone() || newest.isMade()) {
      forcedVersion = newest.version();
    }
    shownHeader = StoreHeader.naming(onDisk, newest, end);
  }

  private byte[] headerOnDisk() throws IOException {
    byte[] onDisk = new byte[StoreHeader.BYTES];
    int read = file.read(onDisk, 0, onDisk.length, 0);
    return Arrays.copyOf(onDisk, Math.max(read, 0));
  }

  /**
   * A file that nobody reads if it is not completed.
   *
   * @param path the file whose place it will take, for messages
   */
  static GuardedFile inMaking(Path path, StorageFile file, long limit) throws IOException {
    return new GuardedFile(path, file, limit, true, file.size(), null);
  }

  Path path() {
    return path;
  }

  /** The length in bytes, without what a crash has left. */
  long size() {
    return end;
  }

  /** The version that the newest chunk must have at least, by all that the file tells: if it is older, the end of the file is lost. */
  long leastVersion() {
    return Math.max(namedVersion, lastVersion());
  }

  /** The version of the newest chunk; 0 if there is none. */
  long lastVersion() {
    ChunkFooter newest = last;
    return newest == null ? 0 : newest.version();
  }

  /** Refuses every change until {@link #unseal}: it is not known yet whether the file is a store. */
  void seal() {
    sealed = true;
  }

  void unseal() {
    sealed = false;
  }

  /** Refuses every change for ever, and tells H2 so: the store is only looked at. */
  void sealForEver() {
    readOnly = true;
    sealed = true;
  }

  /** Whether H2 may change the file once it is known to be a store. */
  boolean isWritable() {
    return !readOnly;
  }

  /** From now on the file may grow to {@code bytes}; what is there already stays. */
  void limitTo(long bytes) {
    limit = bytes;
    limitReached = false;
  }

  /** Whether a write was refused since then, because it would have passed the limit. */
  boolean isLimitReached() {
    return limitReached;
  }

  /** Whether it ends as a rewrite has left it: nothing was written to it since it got its name. */
  boolean isMade() {
    ChunkFooter newest = last;
    return newest != null && newest.isMade();
  }

  /** How many bytes a crash has left behind the newest whole group of commits. */
  long leftBehind() throws IOException {
    return Math.max(0, file.size() - end);
  }

  /** As {@link WatchedFile#trouble}. */
  WatchedFile.@Nullable Trouble trouble() {
    return file.trouble();
  }

  /** Whether that is such a fault. */
  boolean hasFault(Fault fault) {
    WatchedFile.Trouble known = file.trouble();
    return known != null && known.fault() == fault;
  }

  int read(byte[] target, int offset, int length, long position) throws IOException {
    byte[] shown = shownHeader;
    if (shown != null && position < shown.length) {
      int some = (int) Math.min(length, shown.length - position);
      System.arraycopy(shown, (int) position, target, offset, some);
      return some;
    }
    long visible = Math.min(length, end - position);
    if (visible <= 0) {
      return length == 0 ? 0 : -1;
    }
    return file.read(target, offset, (int) visible, position);
  }

  /** Whether a chunk, by H2's number of it, is as it was written; see {@link SoundChunks#isSound}. */
  boolean isSound(int chunk) throws IOException {
    return soundChunks.isSound(chunk);
  }

  /** Whether all chunks that were there when the file was opened are as they were written; see {@link SoundChunks#areAllSound}. */
  boolean isWhollySound() throws IOException {
    return soundChunks.areAllSound();
  }

  /** Whether the chunk that was the newest when the file was opened is as it was written. */
  boolean isNewestSound() throws IOException {
    return soundChunks.isNewestSound();
  }

  /** Writes what H2 wants written; of a chunk, the last bytes of {@code source} are replaced. */
  void write(byte[] source, int offset, int length, long position) throws IOException {
    requireChangeable();
    if (position + length > Math.max(limit, end)) {
      limitReached = true;
      throw file.failed(
          Fault.LIMIT, new IOException("the size limit of " + limit + " bytes is reached"));
    }
    if (position >= StoreHeader.BYTES) {
      append(source, offset, length, position);
    } else if (inMaking) {
      file.write(source, offset, length, position);
      end = Math.max(end, position + length);
    } else {
      shownHeader = null;
      header = Arrays.copyOfRange(source, offset, offset + length);
    }
  }

  /** Writes a chunk. Unless it ends the group, it counts for nothing after a crash until {@link #endGroup}. */
  private void append(byte[] source, int offset, int length, long position) throws IOException {
    ChunkFooter footer = ChunkFooter.parse(source, offset + length);
    if (position != end || footer == null || footer.length() != length) {
      throw file.failed(
          Fault.ACCESS, new IOException("the database would not write a chunk at its end"));
    }
    if (file.size() > end) {
      // It could be taken for a chunk that comes after this one, if a crash kept this one and took
      // the cut back.
      file.truncate(end);
      file.force();
    }
    CRC32C checksum = new CRC32C();
    checksum.update(source, offset, length - ChunkFooter.BYTES);
    ChunkFooter marked = footer.with(
        endsGroup ? ChunkFooter.State.END : ChunkFooter.State.PART,
        (int) checksum.getValue(),
        forcedVersion);
    System.arraycopy(
        marked.bytes(), 0, source, offset + length - ChunkFooter.BYTES, ChunkFooter.BYTES);
    file.write(source, offset, length, position);
    end = position + length;
    last = marked;
    endsGroup = false;
  }

  /** The next chunk is the last of its group: its own write says so, and {@link #endGroup} has nothing more to write. */
  void endGroupWithNextChunk() {
    endsGroup = true;
  }

  /** What was written since the last group ended counts after a crash, all of it or nothing. */
  void endGroup() throws IOException {
    endsGroup = false;
    ChunkFooter newest = last;
    if (newest != null && !newest.isEnd()) {
      requireChangeable();
      mark(newest, ChunkFooter.State.END);
    }
  }

  private void mark(ChunkFooter newest, ChunkFooter.State state) throws IOException {
    ChunkFooter.Mark known = newest.mark();
    if (known != null) {
      ChunkFooter marked = newest.with(state, known.crc(), known.forcedVersion());
      file.write(marked.bytes(), 0, ChunkFooter.BYTES, end - ChunkFooter.BYTES);
      last = marked;
    }
  }

  void truncate(long size) throws IOException {
    requireChangeable();
    if (size < end) {
      throw file.failed(
          Fault.ACCESS, new IOException("the database would cut off a part of itself"));
    }
  }

  /**
   * Ends the group and makes durable what was written since the last force. If a crash intervenes, a group is there whole or
   * not at all, and none without those before it.
   */
  void force() throws IOException {
    file.requireForced();
    endGroup();
    file.force();
    forcedVersion = lastVersion();
    byte[] held = header;
    if (held != null) {
      // It names a chunk, which is durable now. The next force is early enough for it.
      file.write(held, 0, held.length, 0);
      header = null;
    }
  }

  /**
   * Makes durable what the last writer may not have forced, or in vain: after a failed force the system may take bytes for written that
   * are not on the disk, and the next force says nothing of them. So they are written once more before.
   */
  void settle() throws IOException {
    DoubtfulBytes.writeAgain(file, last, end);
    force();
  }

  /**
   * Says in the file that it was closed, at its end and in its header, so that damage to its end, or its loss, is not taken for a
   * crash. Nothing is written after it.
   */
  void finish() throws IOException {
    ChunkFooter newest = last;
    ChunkFooter.Mark mark = newest == null ? null : newest.mark();
    if (newest != null && mark != null && mark.state() == ChunkFooter.State.END) {
      file.requireForced();
      if (forcedVersion != newest.version()) {
        force();
      }
      markLast(ChunkFooter.State.DONE);
      file.force();
    }
  }

  /** Makes a file in making durable, and says in it that it is complete. */
  void complete() throws IOException {
    requireChangeable();
    endsGroup = false;
    markLast(ChunkFooter.State.MADE);
    file.force();
  }

  private void markLast(ChunkFooter.State state) throws IOException {
    ChunkFooter newest = last;
    if (newest != null) {
      byte[] named = StoreHeader.naming(headerOnDisk(), newest, end);
      if (named != null) {
        file.write(named, 0, named.length, 0);
      }
      mark(newest, state);
    }
  }

  /** Whether everything that was written is durable. */
  boolean isForced() {
    return forcedVersion == lastVersion();
  }

  /** As {@link DatabaseLock#tryLock}. */
  @Nullable
  FileLock tryLock(boolean shared) throws IOException {
    return lock.tryLock(shared);
  }

  /** As {@link DatabaseLock#take}. */
  void take() {
    lock.take();
  }

  /** Gives the file up, also if H2 has not; a second close does nothing. */
  @Override
  public void close() throws IOException {
    file.close();
  }

  private void requireChangeable() throws IOException {
    if (sealed) {
      throw file.failed(
          Fault.SEALED, new IOException("the file may not be changed while it is examined"));
    }
    file.requireForced();
  }
}
