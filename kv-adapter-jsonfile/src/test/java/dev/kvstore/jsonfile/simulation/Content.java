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

    /** The part of it from {@code from} up to {@code to} of the file; empty, at any offset, if there is none. */
    Write within(int from, int to) {
      int start = Math.min(Math.max(from - offset, 0), bytes.length);
      int end = Math.max(start, Math.min(to - offset, bytes.length));
      return new Write(offset + start, Arrays.copyOfRange(bytes, start, end));
    }

    @Override
    public byte[] appliedTo(byte[] file) {
      if (bytes.length == 0) {
        return file;
      }
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
