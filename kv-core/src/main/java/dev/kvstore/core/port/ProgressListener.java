package dev.kvstore.core.port;

/**
 * Is told how far a long piece of work is. Called in the thread that waits for the work, so it should return soon. It may use the store.
 * What it throws is thrown to who asked for the work, which is then given up or goes on without it; the store is as well as before.
 */
@FunctionalInterface
public interface ProgressListener {

  /** Tells nobody. */
  ProgressListener NONE = (done, total) -> {};

  /**
   * So much is done.
   *
   * @param done in units of the work's own, such as bytes or entries; never less than before within one pass
   * @param total how many there will be; 0 if that is not known
   */
  void reached(long done, long total);
}
