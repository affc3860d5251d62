package dev.kvstore.jsonfile.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of the machine. It uses {@link RandomAccessFile} because a FileChannel is closed for everybody when one thread in it
 * is interrupted. Reads have a handle of their own, so that they do not wait for a write or a force.
 */
final class LocalFile implements StoreFile {

  /** Newer runtimes cut longer writes into pieces of this length; each would be forced for itself. */
  private static final int MAX_PIECE_BYTES = 1 << 16;

  private static final int PAGE_BYTES = 4_096;

  private final LocalReads reads;
  private final RandomAccessFile writer;
  /** What is written here is forced by the write itself. */
  private final RandomAccessFile forcing;

  private final MappedSegments writable;
  private long forcingPosition;

  /** Why a force has failed; what it should have brought to the disk may be gone from the memory, too. */
  private @Nullable IOException lost;

  LocalFile(Path file) throws IOException {
    // The reader first: opening for writing would make a file that is missing, with whatever mode
    // the process's mask gives. All at once: the file may get another name.
    this.reads = new LocalReads(file);
    try {
      this.writer = new RandomAccessFile(file.toFile(), "rw");
    } catch (IOException e) {
      reads.close();
      throw e;
    }
    try {
      this.forcing = new RandomAccessFile(file.toFile(), "rwd");
    } catch (IOException e) {
      try (reads) {
        writer.close();
      }
      throw e;
    }
    this.writable = new MappedSegments(writer, MapMode.READ_WRITE, WINDOW_BYTES);
  }

  @Override
  public long size() throws IOException {
    return reads.size();
  }

  @Override
  public void read(long offset, byte[] target) throws IOException {
    reads.read(offset, target);
  }

  @Override
  public Segment segment(long offset, int length) throws IOException {
    return reads.segment(offset, length);
  }

  @Override
  public void write(long offset, byte[] source, int length) throws IOException {
    writer.seek(offset);
    writer.write(source, 0, length);
  }

  @Override
  public void writeForced(long offset, byte[] source, int from, int length) throws IOException {
    if (length > MAX_PIECE_BYTES) {
      writer.seek(offset);
      writer.write(source, from, length);
      force();
      return;
    }
    if (forcingPosition != offset) {
      forcing.seek(offset);
    }
    forcingPosition = -1;
    forcing.write(source, from, length);
    forcingPosition = offset + length;
  }

  @Override
  public void writeMapped(long offset, byte[] source, int from, int length) throws IOException {
    try {
      for (int done = 0; done < length; ) {
        int piece = Math.min(length - done, MAX_SEGMENT_BYTES);
        Segment segment = writable.at(offset + done, piece);
        segment.bytes().put(segment.positionOf(offset + done), source, from + done, piece);
        done += piece;
      }
    } catch (InternalError e) {
      // This is how the virtual machine reports that the system could not bring a page.
      throw new IOException("a mapped page could not be written", e);
    }
  }

  @Override
  public void prepare(long from, long to) throws IOException {
    // Not by the writer, whose position another thread may be moving. Nobody interrupts the threads
    // that prepare.
    FileChannel channel = writer.getChannel();
    byte[] feeds = new byte[MAX_PIECE_BYTES];
    Arrays.fill(feeds, (byte) '\n');
    for (long at = from; at < to; ) {
      int piece = (int) Math.min(feeds.length, to - at);
      at += channel.write(ByteBuffer.wrap(feeds, 0, piece), at);
    }
    try {
      // The system gives a page to a mapping when it is first written, which takes longer than the
      // writing.
      for (long page = from; page < to; page += PAGE_BYTES) {
        Segment segment = writable.at(page, 1);
        segment.bytes().put(segment.positionOf(page), (byte) '\n');
      }
    } catch (InternalError e) {
      throw new IOException("a mapped page could not be written", e);
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    writer.setLength(size);
    reads.forgetBehind(size);
    writable.forgetBehind(size);
  }

  /** One at a time, so that none succeeds beside one that fails: the system tells each failure once. */
  @Override
  public synchronized void force() throws IOException {
    if (lost != null) {
      throw new IOException("an earlier force has failed", lost);
    }
    try {
      writer.getFD().sync();
    } catch (IOException e) {
      lost = e;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    writable.close();
    try (reads;
        forcing) {
      writer.close();
    }
  }
}
