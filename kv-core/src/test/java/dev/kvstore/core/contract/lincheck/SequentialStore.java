package dev.kvstore.core.contract.lincheck;

import java.util.HashMap;
import java.util.Map;

/** What {@link StoreOperations} must look like from outside: the same, one after the other on a map. */
public final class SequentialStore {

  private final Map<Integer, Integer> entries = new HashMap<>();

  /** An empty store. */
  public SequentialStore() {}

  /** See {@link StoreOperations#create}. */
  public boolean create(int key, int value) {
    return entries.putIfAbsent(key, value) == null;
  }

  /** See {@link StoreOperations#put}. */
  public void put(int key, int value) {
    entries.put(key, value);
  }

  /** See {@link StoreOperations#read}. */
  public int read(int key) {
    return entries.getOrDefault(key, 0);
  }

  /** See {@link StoreOperations#delete}. */
  public boolean delete(int key) {
    return entries.remove(key) != null;
  }

  /** See {@link StoreOperations#join}. */
  public int join() {
    int sum = read(0) + read(1);
    put(0, sum);
    put(1, sum);
    return sum;
  }
}
