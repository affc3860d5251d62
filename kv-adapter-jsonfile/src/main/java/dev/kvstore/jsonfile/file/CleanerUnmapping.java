package dev.kvstore.jsonfile.file;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import org.jspecify.annotations.Nullable;

/**
 * Mapped memory up to Java 21, which leaves it to the collector, and that does not know how much memory a buffer stands for. The
 * one way around it is {@code sun.misc.Unsafe.invokeCleaner}, of the module {@code jdk.unsupported}. Where that module is missing,
 * the collector does it.
 */
final class CleanerUnmapping implements Unmapping {

  private final WeakReference<ByteBuffer> buffer;

  private CleanerUnmapping(ByteBuffer buffer) {
    this.buffer = new WeakReference<>(buffer);
  }

  static Mapping map(FileChannel channel, MapMode mode, long offset, long length)
      throws IOException {
    ByteBuffer buffer = channel.map(mode, offset, length);
    return new Mapping(buffer.order(ByteOrder.LITTLE_ENDIAN), new CleanerUnmapping(buffer));
  }

  @Override
  public synchronized void run() {
    ByteBuffer mapped = buffer.get();
    if (mapped != null) {
      buffer.clear();
      Cleaning.run(mapped);
    }
  }

  @Override
  public boolean isDone() {
    return buffer.get() == null;
  }

  /** Looked up when it is first needed, at a close. */
  private static final class Cleaning {

    private static final @Nullable Object UNSAFE;
    private static final @Nullable Method INVOKE_CLEANER;

    static {
      Object unsafe = null;
      Method invokeCleaner = null;
      try {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field instance = type.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        unsafe = instance.get(null);
        invokeCleaner = type.getMethod("invokeCleaner", ByteBuffer.class);
      } catch (ReflectiveOperationException | RuntimeException e) {
        // An image without jdk.unsupported: the collector does it.
      }
      UNSAFE = unsafe;
      INVOKE_CLEANER = invokeCleaner;
    }

    static void run(ByteBuffer mapped) {
      if (INVOKE_CLEANER == null) {
        return;
      }
      try {
        INVOKE_CLEANER.invoke(UNSAFE, mapped);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a buffer could not be unmapped", e);
      }
    }
  }
}
