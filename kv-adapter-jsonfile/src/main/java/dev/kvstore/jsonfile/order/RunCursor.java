package dev.kvstore.jsonfile.order;

/** Walks a run up to the end of a prefix. For one thread. */
final class RunCursor {

  private final KeySource keys;
  private final SortedOffsets run;
  private final byte[] prefix;
  private final boolean isAlone;
  private final KeyChunk key = new KeyChunk();
  private int place;

  /**
   * Begins with the first key that is not less than the start of the range.
   *
   * @param isAlone whether each key that it comes to is looked up at once; among other runs a damaged one may wait for long
   */
  RunCursor(KeySource keys, SortedOffsets run, ByteRange range, boolean isAlone) {
    this.keys = keys;
    this.isAlone = isAlone;
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
      if (isAlone) {
        key.guess(keys, run.get(place));
      } else {
        key.load(keys, run.get(place));
      }
      if (key.commonPrefix(prefix, prefix.length) < prefix.length) {
        key.load(keys, run.get(place)); // damage would end the list too early
        place = run.size();
      }
    }
  }
}
