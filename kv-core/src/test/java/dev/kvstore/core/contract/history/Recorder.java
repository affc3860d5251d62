package dev.kvstore.core.contract.history;

import java.util.List;

/** Takes down what threads do, each one operation at a time. Safe for any number of threads. */
interface Recorder {

  /**
   * Comes before the call.
   *
   * @param thread who calls
   * @param steps what the operation does if it happens and nobody learns of it; empty if that leaves no trace
   */
  void started(int thread, List<Step> steps);

  /**
   * Comes when the call has returned.
   *
   * @param steps what the operation saw and did
   */
  void ended(int thread, List<Step> steps);
}
