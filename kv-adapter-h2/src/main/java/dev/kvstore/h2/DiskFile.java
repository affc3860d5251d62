package dev.kvstore.h2;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A real file. RandomAccessFile and not FileChannel, because an interrupt of a thread that is in a FileChannel closes it for
 * every other thread.
 */
final class DiskFile implements StorageFile {

  private final RandomAccessFile file;

  private DiskFile(RandomAccessFile file) {
    this.file = file;
  }

  /** Opens a regular file that is there, for reading alone. */
  static StorageFile openToRead(Path path) throws IOException {
    return new DiskFile(new RandomAccessFile(path.toFile(), "r"));
  }

  /** See {@link StorageFile.Opener}. */
  static StorageFile open(Path path) throws IOException {
    if (!path.toFile().exists()) {
      // The file would be made, and with a mode that others can read.
      throw new NoSuchFileException(path.toString());
    }
    return new DiskFile(new RandomAccessFile(path.toFile(), "rw"));
  }

  @Override
  public synchronized int read(byte[] target, int offset, int length, long position)
      throws IOException {
    file.seek(position);
    return file.read(target, offset, length);
  }

  @Override
  public synchronized void write(byte[] source, int offset, int length, long position)
      throws IOException {
    file.seek(position);
    file.write(source, offset, length);
  }

  @Override
  public long size() throws IOException {
    return file.length();
  }

  @Override
  public synchronized void truncate(long size) throws IOException {
    if (size < file.length()) {
      file.setLength(size);
    }
  }

  @Override
  public void force() throws IOException {
    file.getFD().sync();
  }

  @Override
  public @Nullable FileLock tryLock(boolean shared) throws IOException {
    return file.getChannel().tryLock(0, Long.MAX_VALUE, shared);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
