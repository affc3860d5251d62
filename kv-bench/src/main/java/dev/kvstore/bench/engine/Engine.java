package dev.kvstore.bench.engine;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An open store. Every method may be called by many threads, but for {@link #compact} where its {@link EngineType} says so, and
 * {@link #close}. What a type cannot do is told by {@link EngineType#cannot}, and the method throws
 * UnsupportedOperationException.
 */
public interface Engine extends AutoCloseable {

  /**
   * Stores a value under a key that is not there yet; forced to the disk on return if the store was opened so.
   *
   * @return false if the key is there; nothing is changed
   */
  boolean createIfAbsent(String key, byte[] value) throws Exception;

  /**
   * The value as something that the caller may keep: an array of its own, or an immutable object. Null if the key is not there.
   */
  default @Nullable Object read(String key) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** The bytes of what {@link #read} gave. */
  default byte[] bytes(Object value) {
    return (byte[]) value;
  }

  /** Removes a key; forced like a create. Returns whether it was there. */
  default boolean delete(String key) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Reads the first {@code limit} keys with a prefix, in order, and returns how many there were. */
  default int list(String prefix, int limit) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Stores entries whose keys are not there yet, all in one commit; forced like a create. */
  default void createAll(Map<String, byte[]> entries) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Removes entries that are there, all in one commit; forced like a create. */
  default void deleteAll(List<String> keys) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Gives the space of deleted entries back, as far as the store can, and returns when that is done. */
  default void compact() throws Exception {
    throw new UnsupportedOperationException();
  }

  @Override
  void close() throws IOException, SQLException;
}
