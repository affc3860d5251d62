package dev.kvstore.jsonfile;

import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.model.Key;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.Slot;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What readers see: the current generation with its index, until it is closed. Readers share it; a change to it waits until they
 * are out, and takes no longer than to set pointers.
 */
final class StoreState {

  /** A piece of work on the current generation. */
  interface Reading<T> {
    T from(Generation generation) throws IOException;
  }

  private final StoragePath path;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private Generation generation;
  private boolean closed;

  StoreState(StoragePath path, Generation generation) {
    this.path = path;
    this.generation = generation;
  }

  /** Reads; STORE_CLOSED after close, STORAGE_FAILED if the file cannot be read. */
  <T> T read(Reading<T> reading) {
    lock.readLock().lock();
    try {
      requireOpen();
      return reading.from(generation);
    } catch (IOException e) {
      throw StorageFailures.failed("read", path.file(), e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The current generation, for the one thread that may change it. */
  Generation current() {
    requireOpen();
    return generation;
  }

  /** Makes a written group visible, in one step. */
  void publish(CommitGroup group) {
    lock.writeLock().lock();
    try {
      group.publish(generation.index());
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Whether the entry of {@code key} stands at {@code offset} of the current generation. */
  boolean pointsTo(Key key, long offset) {
    lock.readLock().lock();
    try {
      Slot slot = generation.index().get(key);
      return slot != null && slot.offset() == offset;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Drops keys from the index whose entries still stand at these offsets. */
  void forget(Map<Key, Long> offsets) {
    lock.writeLock().lock();
    try {
      KeyIndex index = generation.index();
      offsets.forEach((key, offset) -> {
        Slot slot = index.get(key);
        if (slot != null && slot.offset() == offset) {
          index.remove(key);
        }
      });
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Puts a generation with the same entries in place of the current one, whose file it closes. */
  void switchTo(Generation next) throws IOException {
    Generation old;
    lock.writeLock().lock();
    try {
      old = generation;
      generation = next;
    } finally {
      lock.writeLock().unlock();
    }
    old.file().close();
  }

  boolean isClosed() {
    return closed;
  }

  /** Waits for the readers and closes the file. */
  void close() throws IOException {
    lock.writeLock().lock();
    try {
      closed = true;
      generation.file().close();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw StoreUnavailableException.closed("store");
    }
  }
}
