package dev.kvstore.jsonfile.order;

/** Walks a run up to the end of a prefix. For one thread. */
final class RunCursor {

  private final KeySource keys;
  private final SortedOffsets run;
  private final byte[] prefix;
  private final KeyChunk key = new KeyChunk();
  private int place;

  /** Begins with the first key that is not less than the start of the range. */
  RunCursor(KeySource keys, SortedOffsets run, ByteRange range) {
    this.keys = keys;
    this.run = run;
    this.prefix = range.prefix();
    this.place = run.searchAll(keys, range.start(), range.start().length, key);
    load();
  }

  /** Whether it stands at a key. */
  boolean isAtKey() {
    return place < run.size();
  }

  KeyChunk key() {
    return key;
  }

  int offset() {
    return run.get(place);
  }

  void advance() {
    place++;
    load();
  }

  private void load() {
    if (place < run.size()) {
      key.load(keys, run.get(place));
      if (key.commonPrefix(prefix, prefix.length) < prefix.length) {
        place = run.size();
      }
    }
  }
}
