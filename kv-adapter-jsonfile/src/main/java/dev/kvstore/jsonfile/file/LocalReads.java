package dev.kvstore.jsonfile.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * A file of the machine, opened for reading alone. It uses {@link RandomAccessFile} because a FileChannel is closed for everybody
 * when one thread in it is interrupted.
 */
final class LocalReads implements ReadableFile {

  static final int GRID_BYTES = 1 << 24;

  private final RandomAccessFile file;
  private final MappedSegments segments;

  LocalReads(Path path) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "r");
    this.segments = new MappedSegments(file, MapMode.READ_ONLY, GRID_BYTES);
  }

  @Override
  public long size() throws IOException {
    return file.length();
  }

  @Override
  public void read(long offset, byte[] target) throws IOException {
    synchronized (file) {
      file.seek(offset);
      file.readFully(target);
    }
  }

  @Override
  public Segment segment(long offset, int length) throws IOException {
    return segments.at(offset, length);
  }

  /** Maps anew, when next asked for, what reaches behind {@code size}. */
  void forgetBehind(long size) {
    segments.forgetBehind(size);
  }

  @Override
  public void close() throws IOException {
    segments.close();
    file.close();
  }
}
