package dev.kvstore.jsonfile.file;

/**
 * Gives the memory of one {@link Mapping} back. It does not keep the buffer from the collector: memory that is dropped without
 * this is given back, too, when nothing refers to the buffer or a view of it any more. Safe for any number of threads.
 */
interface Unmapping {

  /**
   * Gives the memory back now, if that was not done yet.
   *
   * <p><b>Nobody may use the buffer, or a view of it, any more.</b> From Java 22 on such a use throws {@link
   * IllegalStateException}; before, it ends the process or reads what is not its own. The caller answers for it that no thread
   * is at it and none will be.
   */
  void run();

  /** Whether the memory is given back, or is certain to be without {@link #run}. */
  boolean isDone();
}
