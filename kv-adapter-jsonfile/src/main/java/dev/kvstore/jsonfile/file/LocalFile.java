package dev.kvstore.jsonfile.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file of the machine. It uses {@link RandomAccessFile} because a FileChannel is closed for everybody when one thread in it
 * is interrupted. Reads have a handle of their own, so that they do not wait for a write or a force.
 */
final class LocalFile implements StoreFile {

  private final RandomAccessFile reader;
  private final RandomAccessFile writer;

  LocalFile(Path file) throws IOException {
    // The reader first: opening for writing would make a file that is missing, with whatever mode
    // the process's mask gives.
    this.reader = new RandomAccessFile(file.toFile(), "r");
    try {
      this.writer = new RandomAccessFile(file.toFile(), "rw");
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  @Override
  public long size() throws IOException {
    return writer.length();
  }

  @Override
  public void read(long offset, byte[] target) throws IOException {
    synchronized (reader) {
      reader.seek(offset);
      reader.readFully(target);
    }
  }

  @Override
  public void write(long offset, byte[] source, int length) throws IOException {
    writer.seek(offset);
    writer.write(source, 0, length);
  }

  @Override
  public void truncate(long size) throws IOException {
    writer.setLength(size);
  }

  @Override
  public void force() throws IOException {
    writer.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    try (reader) {
      writer.close();
    }
  }
}
