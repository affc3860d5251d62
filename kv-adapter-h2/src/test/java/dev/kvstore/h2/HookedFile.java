package dev.kvstore.h2;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;

/** A real file whose operations tell a test what they are about to do; the test may fail or delay them. */
final class HookedFile implements StorageFile {

  /** What a test does before each operation; each method may throw what the disk would. */
  interface Hook {
    default void beforeRead() throws IOException {}

    default void beforeWrite(byte[] source, int offset, int length, long position)
        throws IOException {}

    default void beforeTruncate(long size) throws IOException {}

    default void beforeForce() throws IOException {}

    default void afterForce() throws IOException {}
  }

  private final StorageFile file;
  private final Hook hook;

  private HookedFile(StorageFile file, Hook hook) {
    this.file = file;
    this.hook = hook;
  }

  static StorageFile.Opener opener(Hook hook) {
    return (Path path) -> new HookedFile(DiskFile.open(path), hook);
  }

  @Override
  public int read(byte[] target, int offset, int length, long position) throws IOException {
    hook.beforeRead();
    return file.read(target, offset, length, position);
  }

  @Override
  public void write(byte[] source, int offset, int length, long position) throws IOException {
    hook.beforeWrite(source, offset, length, position);
    file.write(source, offset, length, position);
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public void truncate(long size) throws IOException {
    hook.beforeTruncate(size);
    file.truncate(size);
  }

  @Override
  public void force() throws IOException {
    hook.beforeForce();
    file.force();
    hook.afterForce();
  }

  @Override
  public FileLock tryLock(boolean shared) throws IOException {
    return file.tryLock(shared);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
