package dev.kvstore.jsonfile.file;

import dev.kvstore.files.OutOfReach;
import dev.kvstore.files.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Memory off the heap, for what a store needs while it is open. It counts neither under {@code -Xmx} nor under {@code
 * -XX:MaxDirectMemorySize}: it is a private mapping of a file, so what is written to it never reaches the file. Where the folder of
 * that file is itself in memory (tmpfs), it is the file that is the memory, and takes all its space at once. Small pieces are on the
 * heap.
 *
 * <p>Its methods may be called in any thread; an interrupt has no effect on them and is not lost.
 */
public final class Scratch implements Closeable {

  /** Pieces of fewer bytes are on the heap: a small store then opens without a temporary file. */
  static final int MAPPED_FROM_BYTES = 64 << 10;

  private static final String MEMORY = "tmpfs";

  private final ByteBuffer buffer;
  private final @Nullable Unmapping unmapping;
  private boolean closed;

  private Scratch(ByteBuffer buffer, @Nullable Unmapping unmapping) {
    this.buffer = buffer.order(ByteOrder.LITTLE_ENDIAN);
    this.unmapping = unmapping;
  }

  /**
   * Memory full of zeros. Mostly it takes address space only; the machine gives a page when it is first used.
   *
   * @param bytes how much, at least 1
   * @throws IOException if no file can be made in the folder for temporary files ({@code java.io.tmpdir}), it cannot be mapped, or
   *     the folder is in memory and has no room for it
   */
  public static Scratch allocate(int bytes) throws IOException {
    if (bytes < MAPPED_FROM_BYTES) {
      return new Scratch(ByteBuffer.allocate(bytes), null);
    }
    return OutOfReach.run(new OutOfReach.Work<Scratch>() {
      @Override
      public Scratch run() throws IOException {
        Path file = PrivateFiles.createTemporary("kv-", ".scratch");
        try {
          return map(file, bytes, Files.getFileStore(file).type().equals(MEMORY));
        } finally {
          discard(file);
        }
      }
    });
  }

  private static Scratch map(Path file, int length, boolean isMemory) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (isMemory) {
        // A page that such a file system has no room for ends in a signal when it is first used.
        fill(channel, length);
      }
      Mapping mapping =
          Mapping.of(channel, isMemory ? MapMode.READ_WRITE : MapMode.PRIVATE, 0, length);
      return new Scratch(mapping.buffer(), mapping.unmapping());
    }
  }

  private static void fill(FileChannel channel, int length) throws IOException {
    for (int done = 0; done < length; ) {
      ByteBuffer zeros = ByteBuffer.allocate(Math.min(MAPPED_FROM_BYTES, length - done));
      done += channel.write(zeros, done);
    }
  }

  /** The mapping lives on without the name; where a mapped file cannot be deleted (Windows), it goes with the process. */
  private static void discard(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }

  /**
   * The memory, little-endian, from position 0 to its capacity. Always the same buffer: use absolute methods only.
   *
   * @throws IllegalStateException if it is closed
   */
  public ByteBuffer buffer() {
    if (closed) {
      throw new IllegalStateException("the memory was given back");
    }
    return buffer;
  }

  /**
   * Gives the memory back. <b>Nobody may be at the buffer or a view of it, or come to it later:</b> up to Java 21 that ends the
   * process. Where it cannot be ruled out, drop the object instead, and the memory is given back when nothing refers to it any
   * more. A second call does nothing.
   */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (unmapping != null) {
        unmapping.run();
      }
    }
  }
}
