package dev.kvstore.jsonfile.file;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gives mapped memory back at once. Java 17 leaves that to the collector, which does not know how much memory a buffer stands
 * for; the one way around it is {@code sun.misc.Unsafe.invokeCleaner}, of the module {@code jdk.unsupported}. From Java 24 on
 * that prints a warning on the error stream of whoever runs the store. There, and where the module is missing, the collector
 * does it.
 */
public final class Unmapper {

  /** The first version whose {@code invokeCleaner} warns. */
  private static final int FIRST_WARNING_VERSION = 24;

  private static final @Nullable MethodHandle INVOKE_CLEANER = invokeCleaner();

  private Unmapper() {}

  /**
   * Gives the memory of a direct buffer back, if this machine's Java can.
   *
   * <p><b>Any later use of the buffer, or of a view of it, ends the process or reads what is not its own.</b> The caller answers
   * for it that no thread is at it and none will be. For buffers that are not direct it does nothing.
   *
   * @param buffer as it was allocated or mapped, no view of another
   * @return whether the memory is given back now; if not, the collector does it when nothing refers to the buffer any more
   */
  public static boolean unmap(ByteBuffer buffer) {
    MethodHandle cleaner = INVOKE_CLEANER;
    if (cleaner == null || !buffer.isDirect()) {
      return false;
    }
    try {
      cleaner.invokeExact(buffer);
      return true;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a buffer could not be unmapped", e);
    }
  }

  private static @Nullable MethodHandle invokeCleaner() {
    if (Runtime.version().feature() >= FIRST_WARNING_VERSION) {
      return null;
    }
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
