package dev.kvstore.jsonfile;

import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.Slot;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What readers see: the current generation with its index, until it is closed. */
final class StoreState {

  /** A piece of work on the current generation. */
  interface Reading<T> {
    T from(Generation generation) throws IOException;
  }

  private final StoragePath path;
  private volatile Generation generation;
  private volatile boolean closed;

  StoreState(StoragePath path, Generation generation) {
    this.path = path;
    this.generation = generation;
  }

  /** Reads; STORE_CLOSED after close, STORAGE_FAILED if the file cannot be read. */
  <T> T read(Reading<T> reading) {
    Generation current = enter();
    try {
      return reading.from(current);
    } catch (IOException e) {
      throw StorageFailures.failed("read", path.file(), e);
    } finally {
      current.readers().exit();
    }
  }

  /** The live entry of a key; throws as {@link #read}. For the most frequent call: it links and makes nothing on the way. */
  Optional<Entry> find(Key key, long nowMillis) {
    Generation current = enter();
    try {
      return current.index().find(key, nowMillis);
    } finally {
      current.readers().exit();
    }
  }

  private Generation enter() {
    while (true) {
      requireOpen();
      Generation current = generation;
      if (current.readers().enter()) {
        return current;
      }
      // A compaction has put another in its place, or the store is being closed.
      Thread.onSpinWait();
    }
  }

  /** The current generation, for the one thread that may change it. */
  Generation current() {
    requireOpen();
    return generation;
  }

  /** Makes a written group visible, in one step. For the one thread that may. */
  void publish(CommitGroup group) {
    KeyIndex index = generation.index();
    long stamp = index.beginChange();
    try {
      group.publish(index);
    } finally {
      index.endChange(stamp);
    }
  }

  /** Drops keys from the index whose entries still stand at these offsets. For the one thread that may change it. */
  void forget(Map<Key, Long> offsets) {
    KeyIndex index = generation.index();
    for (Map.Entry<Key, Long> expired : offsets.entrySet()) {
      Slot slot = index.get(expired.getKey());
      if (slot != null && slot.offset() == expired.getValue()) {
        long stamp = index.beginChange();
        try {
          index.remove(expired.getKey(), slot);
        } finally {
          index.endChange(stamp);
        }
      }
    }
  }

  /** Puts a generation with the same entries in place of the current one, which is then the caller's to close. */
  void switchTo(Generation next) {
    generation = next;
  }

  boolean isClosed() {
    return closed;
  }

  /** Waits for the readers and closes the file. */
  void close() throws IOException {
    closed = true;
    generation.close();
  }

  private void requireOpen() {
    if (closed) {
      throw StoreUnavailableException.closed("store");
    }
  }
}
