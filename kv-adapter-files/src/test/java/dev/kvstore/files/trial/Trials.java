package dev.kvstore.files.trial;

import java.util.Random;

/**
 * How many trials a test makes, and from which seed. The system property {@code kv.trials} sets another number, {@code kv.seed}
 * the first seed; so runs with other seeds add up, and the trial that failed can be made again alone.
 */
public final class Trials {

  private final int count;
  private final long seed;

  private Trials(int count, long seed) {
    this.count = count;
    this.seed = seed;
  }

  /** So many trials from a random seed, unless the properties say otherwise. */
  public static Trials of(int count) {
    long seed = Long.getLong("kv.seed", new Random().nextInt(1_000_000_000));
    return new Trials(Integer.getInteger("kv.trials", count), seed);
  }

  /** One, of what does not depend on a seed. */
  public static Trials once() {
    return new Trials(1, 0);
  }

  /** How many. */
  public int count() {
    return count;
  }

  /** The seed of a trial, counted from 0. */
  public long seed(int trial) {
    return seed + trial;
  }

  /** How to make a trial again, for the message of its failure. */
  public String again(int trial) {
    return "-Dkv.seed=" + seed(trial) + " -Dkv.trials=1";
  }

  /** Says what was done. The totals of several runs are the sums of these lines. */
  public void report(Object test, String done) {
    System.out.println("TRIALS " + test.getClass().getSimpleName() + ": " + count + " from seed "
        + seed + ": " + done);
  }
}
