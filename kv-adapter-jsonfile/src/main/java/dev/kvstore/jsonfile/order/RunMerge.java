package dev.kvstore.jsonfile.order;

/** Merges two runs. For one thread. */
final class RunMerge {

  private final KeySource keys;
  private final KeyChunk key = new KeyChunk();
  private final KeyChunk newerKey = new KeyChunk();

  RunMerge(KeySource keys) {
    this.keys = keys;
  }

  /**
   * A new run of the keys of both; of a key that both have, with the offset that {@code newer} has for it. Goes once through
   * {@code newer} and jumps through {@code older}, so it is quick if {@code newer} is the shorter one by far.
   */
  SortedOffsets merge(SortedOffsets older, SortedOffsets newer) {
    OffsetBuffer merged = new OffsetBuffer(Math.addExact(older.size(), newer.size()));
    try {
      int copied = 0;
      for (int i = 0; i < newer.size(); i++) {
        newerKey.load(keys, newer.get(i));
        int place = older.search(keys, newerKey.bytes(), newerKey.length(), copied, key);
        merged.addAll(older, copied, place);
        merged.add(newer.get(i));
        copied = place < older.size() && isNewerKey(older.get(place)) ? place + 1 : place;
      }
      merged.addAll(older, copied, older.size());
      return merged.inOrder();
    } catch (RuntimeException | Error e) {
      merged.close();
      throw e;
    }
  }

  private boolean isNewerKey(int offset) {
    key.load(keys, offset);
    return key.compareTo(newerKey.bytes(), newerKey.length()) == 0;
  }
}
