package dev.kvstore.jsonfile.simulation;

import java.util.Arrays;

/** A file without its name: what programs see of it, and what is on the disk. */
final class Content {

  private byte[] cached;
  private byte[] onDisk;

  Content(byte[] bytes) {
    this(bytes, bytes);
  }

  private Content(byte[] cached, byte[] onDisk) {
    this.cached = cached;
    this.onDisk = onDisk;
  }

  Content copy() {
    return new Content(cached, onDisk);
  }

  byte[] cached() {
    return cached;
  }

  byte[] onDisk() {
    return onDisk;
  }

  void writeToCache(FileChange change) {
    cached = change.appliedTo(cached);
  }

  void writeToDisk(FileChange change) {
    onDisk = change.appliedTo(onDisk);
  }

  /** A change of a file's bytes or length. Arrays are never changed in place, so copies may share them. */
  sealed interface FileChange {
    byte[] appliedTo(byte[] file);
  }

  /** Bytes written at an offset; a hole before them reads as zeros. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Write(int offset, byte[] bytes) implements FileChange {
    @Override
    public byte[] appliedTo(byte[] file) {
      byte[] result = Arrays.copyOf(file, Math.max(file.length, offset + bytes.length));
      System.arraycopy(bytes, 0, result, offset, bytes.length);
      return result;
    }
  }

  /** A length grown to at least this: a file system may record the length before the bytes. */
  record Grow(int size) implements FileChange {
    @Override
    public byte[] appliedTo(byte[] file) {
      return file.length >= size ? file : Arrays.copyOf(file, size);
    }
  }

  /** A length cut or grown to exactly this. */
  record Resize(int size) implements FileChange {
    @Override
    public byte[] appliedTo(byte[] file) {
      return Arrays.copyOf(file, size);
    }
  }
}
