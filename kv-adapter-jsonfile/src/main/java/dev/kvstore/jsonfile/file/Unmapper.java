package dev.kvstore.jsonfile.file;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;

/**
 * Gives mapped memory back at once. The garbage collector does it at some later time or never, and until then the blocks of a
 * deleted file stay taken.
 */
public final class Unmapper {

  private static final MethodHandle INVOKE_CLEANER = invokeCleaner();

  private Unmapper() {}

  /**
   * Unmaps a buffer, as {@link java.nio.channels.FileChannel#map} returned it: no slice or duplicate.
   *
   * @param mapped nobody uses it any more, nor a view of it: that would end the process
   */
  public static void unmap(ByteBuffer mapped) {
    try {
      INVOKE_CLEANER.invokeExact(mapped);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a mapping could not be given back", e);
    }
  }

  /** The one way that Java 17 has; it is part of the module jdk.unsupported. */
  private static MethodHandle invokeCleaner() {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field instance = unsafe.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      return MethodHandles.lookup()
          .findVirtual(unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
          .bindTo(instance.get(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java runtime has no module jdk.unsupported", e);
    }
  }
}
