package dev.kvstore.core.port;

/** What must hold of a key for a commit to be applied. An expired entry counts as absent. */
public sealed interface Expectation {

  /** Nothing is expected. */
  Expectation ANY = new Any();

  /** No live entry. */
  Expectation ABSENT = new Absent();

  /** A live entry, of whichever version. */
  Expectation LIVE = new Live();

  /** The live entry of exactly this version. */
  static Expectation version(long version) {
    return new Version(version);
  }

  /**
   * The rule of expectations, which every engine asks here.
   *
   * @param live whether the key has a live entry at the instant of the commit
   * @param version the version of that entry; any number if there is none
   */
  boolean isMet(boolean live, long version);

  /** See {@link #ANY}. */
  record Any() implements Expectation {
    @Override
    public boolean isMet(boolean live, long version) {
      return true;
    }
  }

  /** See {@link #ABSENT}. */
  record Absent() implements Expectation {
    @Override
    public boolean isMet(boolean live, long version) {
      return !live;
    }
  }

  /** See {@link #LIVE}. */
  record Live() implements Expectation {
    @Override
    public boolean isMet(boolean live, long version) {
      return live;
    }
  }

  /**
   * See {@link #version}.
   *
   * @param expected the version that the caller has seen
   */
  record Version(long expected) implements Expectation {
    @Override
    public boolean isMet(boolean live, long version) {
      return live && version == expected;
    }
  }
}
