package dev.kvstore.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.jspecify.annotations.Nullable;

/** A {@link GuardedFile} in the shape in which H2 wants files. Closing it leaves the file open: that is its owner's to close. */
final class GuardedChannel extends FileBaseDefault {

  private final GuardedFile file;

  GuardedChannel(GuardedFile file) {
    this.file = file;
  }

  @Override
  public long size() {
    return file.size();
  }

  /** The file is safe for any thread, and there is no position that they would share. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public int read(ByteBuffer target, long position) throws IOException {
    int length = target.remaining();
    if (target.hasArray()) {
      int read =
          file.read(target.array(), target.arrayOffset() + target.position(), length, position);
      target.position(target.position() + Math.max(read, 0));
      return read;
    }
    byte[] bytes = new byte[length];
    int read = file.read(bytes, 0, length, position);
    target.put(bytes, 0, Math.max(read, 0));
    return read;
  }

  @Override
  public synchronized int write(ByteBuffer source, long position) throws IOException {
    int length = source.remaining();
    if (source.hasArray()) {
      file.write(source.array(), source.arrayOffset() + source.position(), length, position);
      source.position(source.limit());
    } else {
      byte[] bytes = new byte[length];
      source.get(bytes);
      file.write(bytes, 0, length, position);
    }
    return length;
  }

  @Override
  protected void implTruncate(long size) throws IOException {
    file.truncate(size);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    file.force();
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.tryLock(shared);
  }
}
