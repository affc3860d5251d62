package dev.kvstore.jsonfile.order;

import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** A store around an ordered view, as an engine would wire it, with a TreeMap as its index and as the model. */
final class ModelStore implements OrderedReads.Protection {

  final Lines lines = new Lines();
  final OrderedView view = new OrderedView(lines);
  private final TreeMap<Key, Integer> index = new TreeMap<>();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final OrderedReads reads;
  private volatile Runnable duringSnapshot = () -> {};

  ModelStore() {
    reads = new OrderedReads(
        view,
        sink -> {
          List<Integer> offsets = shared(() -> new ArrayList<>(index.values()));
          duringSnapshot.run();
          offsets.forEach(sink::accept);
        },
        this);
  }

  /** What happens from now on in the middle of each snapshot, when the offsets are taken. */
  void duringSnapshot(Runnable action) {
    duringSnapshot = action;
  }

  @Override
  public <T> T shared(Supplier<T> work) {
    lock.readLock().lock();
    try {
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  void put(Key key) {
    int offset = lines.append(key);
    alone(() -> {
      if (index.put(key, offset) == null) {
        view.noteCreated(offset);
      }
    });
  }

  void remove(Key key) {
    alone(() -> {
      if (index.remove(key) != null) {
        view.noteRemoved();
      }
    });
  }

  void drop() {
    alone(view::drop);
  }

  /** The live keys of a range, at most {@code limit}, by the view. */
  List<Key> list(KeyRange range, int limit) {
    return reads.read(range, cursor -> {
      List<Key> found = new ArrayList<>();
      while (found.size() < limit && cursor.next()) {
        Key key = Key.of(new String(cursor.key(), 0, cursor.keyLength(), StandardCharsets.UTF_8));
        byte[] there = new byte[Key.MAX_UTF8_BYTES];
        int length = lines.copyKey(cursor.offset(), there);
        if (!key.text().equals(new String(there, 0, length, StandardCharsets.UTF_8))) {
          throw new AssertionError("at " + cursor.offset() + " stands another key than " + key);
        }
        if (index.containsKey(key)) {
          found.add(key);
        }
      }
      return found;
    });
  }

  /** The same, by the model. */
  List<Key> expected(KeyRange range, int limit) {
    return shared(
        () -> index.keySet().stream().filter(range::contains).limit(limit).toList());
  }

  static KeyRange all() {
    return KeyRange.of(KeyPrefix.all());
  }

  private void alone(Runnable work) {
    lock.writeLock().lock();
    try {
      work.run();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
