package dev.kvstore.jsonfile.file;

import java.io.IOException;

/** Copies bytes between files, with a bounded amount of memory. */
public final class FileCopy {

  private static final int CHUNK_BYTES = 1 << 16;

  private FileCopy() {}

  /**
   * Writes what stands in {@code source} from {@code from} up to {@code to} into {@code target} at {@code at}; does not force
   * it.
   */
  public static void copy(ReadableFile source, long from, long to, StoreFile target, long at)
      throws IOException {
    long length = to - from;
    for (long done = 0; done < length; ) {
      byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, length - done)];
      source.read(from + done, chunk);
      target.write(at + done, chunk, chunk.length);
      done += chunk.length;
    }
  }

  /**
   * Writes what can be read there over itself; does not force it. After a failed force, or the end of a process before one, the
   * system may show bytes that it will never bring to the disk, unless they are written again.
   */
  public static void rewrite(StoreFile file, long from, long to) throws IOException {
    copy(file, from, to, file, from);
  }
}
