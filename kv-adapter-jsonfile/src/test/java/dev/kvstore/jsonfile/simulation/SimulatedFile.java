package dev.kvstore.jsonfile.simulation;

import dev.kvstore.jsonfile.file.Segment;
import dev.kvstore.jsonfile.file.StoreFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An open file of a {@link SimulatedDisk}. */
final class SimulatedFile implements StoreFile {

  private final SimulatedDisk disk;
  private final Content content;
  private boolean closed;

  SimulatedFile(SimulatedDisk disk, Content content) {
    this.disk = disk;
    this.content = content;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    disk.faults().check(Operation.SIZE);
    return content.cached().length;
  }

  @Override
  public void read(long offset, byte[] target) throws IOException {
    requireOpen();
    disk.faults().check(Operation.READ);
    byte[] bytes = content.cached();
    if (offset + target.length > bytes.length) {
      throw new EOFException();
    }
    System.arraycopy(bytes, (int) offset, target, 0, target.length);
  }

  @Override
  public Segment segment(long offset, int length) throws IOException {
    if (length > MAX_SEGMENT_BYTES) {
      throw new IllegalArgumentException("no segment holds " + length + " bytes everywhere");
    }
    byte[] bytes = new byte[length];
    read(offset, bytes);
    return new Segment(offset, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  @Override
  public void writeForced(long offset, byte[] source, int from, int length) throws IOException {
    writeInside(Operation.WRITE_FORCED, offset, source, from, length);
    if (disk.faults().isDue(Operation.FORCE)) {
      if (disk.faults().forcesLose()) {
        disk.loseWrites(content);
      }
      disk.changed(Operation.FORCE);
      throw Faults.failure(Operation.FORCE);
    }
    disk.force(content, (int) offset, (int) offset + length);
    disk.changed(Operation.FORCE);
  }

  @Override
  public void prepare(long from, long to) throws IOException {
    byte[] feeds = new byte[(int) (to - from)];
    Arrays.fill(feeds, (byte) '\n');
    write(from, feeds, feeds.length);
  }

  @Override
  public void writeMapped(long offset, byte[] source, int from, int length) throws IOException {
    writeInside(Operation.WRITE, offset, source, from, length);
  }

  private void writeInside(Operation kind, long offset, byte[] source, int from, int length)
      throws IOException {
    if (offset + length > content.cached().length) {
      throw new IllegalArgumentException("a write at " + offset + " into space that is not there");
    }
    write(kind, offset, Arrays.copyOfRange(source, from, from + length), length);
  }

  @Override
  public void write(long offset, byte[] source, int length) throws IOException {
    write(Operation.WRITE, offset, source, length);
  }

  private void write(Operation kind, long offset, byte[] source, int length) throws IOException {
    requireOpen();
    int size = content.cached().length;
    if (offset > size) {
      throw new IllegalArgumentException("a write at " + offset + " behind the end " + size);
    }
    boolean fails = disk.faults().isDue(kind);
    int written = fails ? Math.min(length, disk.faults().bytesBeforeFailure()) : length;
    int free = (int) (size - offset + Math.min(disk.room(), Integer.MAX_VALUE / 2));
    boolean full = free < written;
    written = Math.min(written, free);
    if (written > 0) {
      if (offset + written > size) {
        disk.change(content, new Content.Grow((int) offset + written));
      }
      disk.change(content, new Content.Write((int) offset, Arrays.copyOf(source, written)));
      disk.changed(kind);
    }
    if (fails) {
      throw Faults.failure(kind);
    }
    if (full) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    requireOpen();
    disk.faults().check(Operation.TRUNCATE);
    if (size != content.cached().length) {
      disk.change(content, new Content.Resize((int) size));
      disk.changed(Operation.TRUNCATE);
    }
  }

  @Override
  public void force() throws IOException {
    requireOpen();
    if (disk.faults().isDue(Operation.FORCE)) {
      if (disk.faults().forcesLose()) {
        disk.loseWrites(content);
      }
      disk.changed(Operation.FORCE);
      throw Faults.failure(Operation.FORCE);
    }
    disk.force(content);
    disk.changed(Operation.FORCE);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the file is closed");
    }
  }
}
