package dev.kvstore.core.json;

/** Which containers are open, a bit a level: set for an object, clear for an array. */
final class Nesting {

  private final int maxDepth;
  private final long[] objects;
  private int depth;

  Nesting(int maxDepth) {
    this.maxDepth = maxDepth;
    this.objects = new long[(maxDepth >>> 6) + 1];
  }

  int depth() {
    return depth;
  }

  int maxDepth() {
    return maxDepth;
  }

  /** Opens a container; false, and nothing changed, if that would be too deep. */
  boolean enter(boolean object) {
    if (depth == maxDepth) {
      return false;
    }
    long bit = 1L << depth;
    if (object) {
      objects[depth >>> 6] |= bit;
    } else {
      objects[depth >>> 6] &= ~bit;
    }
    depth++;
    return true;
  }

  void leave() {
    depth--;
  }

  /** Whether the innermost open container is an object; at least one must be open. */
  boolean inObject() {
    int level = depth - 1;
    return (objects[level >>> 6] & (1L << level)) != 0;
  }
}
