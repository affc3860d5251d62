package dev.kvstore.jsonfile.file;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
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

  private static final @Nullable MethodHandle INVOKE_CLEANER = invokeCleaner();

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
    MethodHandle cleaner = INVOKE_CLEANER;
    if (mapped == null || cleaner == null) {
      return;
    }
    buffer.clear();
    try {
      cleaner.invokeExact(mapped);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a buffer could not be unmapped", e);
    }
  }

  @Override
  public boolean isDone() {
    return buffer.get() == null;
  }

  private static @Nullable MethodHandle invokeCleaner() {
    try {
      Class<?> type = Class.forName("sun.misc.Unsafe");
      Field instance = type.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      return MethodHandles.lookup()
          .findVirtual(type, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
          .bindTo(instance.get(null));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null; // an image without jdk.unsupported
    }
  }
}
