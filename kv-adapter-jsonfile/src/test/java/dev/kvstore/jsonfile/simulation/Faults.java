package dev.kvstore.jsonfile.simulation;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Which operations of a disk fail. None does at first. */
public final class Faults {

  private final Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
  private Operation kind = Operation.READ;
  private int first = Integer.MAX_VALUE;
  private boolean forEver;
  private int bytesBeforeFailure;
  private boolean forcesLose = true;
  private long budget = Long.MAX_VALUE;

  Faults() {}

  /**
   * Lets the operations of a kind fail.
   *
   * @param nth the first one that fails, counted from 1 and from now on
   * @param onwards whether all after it fail, too
   */
  public void fail(Operation operation, int nth, boolean onwards) {
    counts.remove(operation);
    kind = operation;
    first = nth;
    forEver = onwards;
  }

  /** How much a failing write has written before it fails; more than all is all. */
  public void writeBeforeFailing(int bytes) {
    bytesBeforeFailure = bytes;
  }

  /** Whether a failed force loses what it should have brought to the disk, as Linux does, or keeps it to be forced again. */
  public void forcesLose(boolean lose) {
    forcesLose = lose;
  }

  /** Lets the files of the disk take no more than {@code bytes} together. */
  public void limitTo(long bytes) {
    budget = bytes;
  }

  /** Lets everything succeed again. */
  public void heal() {
    first = Integer.MAX_VALUE;
    budget = Long.MAX_VALUE;
  }

  /** How many operations of a kind there were since the disk was made or {@link #fail} was called for it. */
  public int count(Operation operation) {
    return counts.getOrDefault(operation, 0);
  }

  void check(Operation operation) throws IOException {
    if (isDue(operation)) {
      throw failure(operation);
    }
  }

  /** Counts an operation; true if it must fail. */
  boolean isDue(Operation operation) {
    int count = counts.merge(operation, 1, Integer::sum);
    return operation == kind && (count == first || (forEver && count > first));
  }

  static IOException failure(Operation operation) {
    return new IOException("injected failure of " + operation);
  }

  int bytesBeforeFailure() {
    return bytesBeforeFailure;
  }

  boolean forcesLose() {
    return forcesLose;
  }

  long budget() {
    return budget;
  }
}
