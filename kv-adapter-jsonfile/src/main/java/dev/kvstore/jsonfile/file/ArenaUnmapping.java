package dev.kvstore.jsonfile.file;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Memory of a shared {@code java.lang.foreign.Arena}, from Java 22 on. The collector does not know such an arena, so what was
 * dropped without a call is found here, by the reference to its segment, whenever something is mapped or given back.
 */
final class ArenaUnmapping extends PhantomReference<Object> implements Unmapping {

  private static final ReferenceQueue<Object> DROPPED = new ReferenceQueue<>();

  /** All that is mapped. Who takes one out of here gives it back. */
  private static final Set<ArenaUnmapping> MAPPED = ConcurrentHashMap.newKeySet();

  /** The methods by reflection, because this is compiled for an older Java. */
  private static final Method OF_SHARED;

  private static final Method MAP;
  private static final Method AS_BYTE_BUFFER;

  static {
    try {
      Class<?> arena = Class.forName("java.lang.foreign.Arena");
      OF_SHARED = arena.getMethod("ofShared");
      MAP = FileChannel.class.getMethod("map", MapMode.class, long.class, long.class, arena);
      AS_BYTE_BUFFER = Class.forName("java.lang.foreign.MemorySegment").getMethod("asByteBuffer");
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final AutoCloseable arena;

  private ArenaUnmapping(Object segment, AutoCloseable arena) {
    // The segment, which every view of its buffer refers to; a view need not refer to the buffer.
    super(segment, DROPPED);
    this.arena = arena;
  }

  static Mapping map(FileChannel channel, MapMode mode, long offset, long length)
      throws IOException {
    giveBackWhatWasDropped();
    AutoCloseable arena = (AutoCloseable) call(OF_SHARED, null);
    Object segment;
    try {
      segment = call(MAP, channel, mode, offset, length, arena);
    } catch (IOException | RuntimeException | Error e) {
      close(arena);
      throw e;
    }
    ByteBuffer buffer = (ByteBuffer) call(AS_BYTE_BUFFER, segment);
    ArenaUnmapping unmapping = new ArenaUnmapping(segment, arena);
    MAPPED.add(unmapping);
    return new Mapping(buffer.order(ByteOrder.LITTLE_ENDIAN), unmapping);
  }

  @Override
  public void run() {
    giveBack();
    giveBackWhatWasDropped();
  }

  @Override
  public boolean isDone() {
    return !MAPPED.contains(this);
  }

  private void giveBack() {
    if (MAPPED.remove(this)) {
      clear();
      close(arena);
    }
  }

  private static void giveBackWhatWasDropped() {
    for (Reference<?> next = DROPPED.poll(); next != null; next = DROPPED.poll()) {
      ((ArenaUnmapping) next).giveBack();
    }
  }

  private static void close(AutoCloseable arena) {
    try {
      arena.close();
    } catch (RuntimeException e) {
      throw e; // somebody is at it
    } catch (Exception e) {
      throw new IllegalStateException("mapped memory could not be given back", e);
    }
  }

  private static Object call(Method method, @Nullable Object target, Object... arguments)
      throws IOException {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("a file could not be mapped", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a file could not be mapped", e);
    }
  }
}
