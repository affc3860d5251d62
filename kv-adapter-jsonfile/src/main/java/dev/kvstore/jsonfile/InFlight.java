package dev.kvstore.jsonfile;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts calls in flight, so that what they use is closed only when they are out. Threads count in different places of the
 * memory, and so do not wait for each other.
 */
final class InFlight {

  private static final int STRIPES = 16;

  private static final long PAUSE_NANOS = 20_000;

  private final Stripe[] stripes = new Stripe[STRIPES];
  private volatile boolean closing;

  InFlight() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  /** Counts the calling thread in, unless it is too late. */
  boolean enter() {
    Stripe stripe = stripe();
    stripe.getAndIncrement();
    if (closing) {
      stripe.getAndDecrement();
      return false;
    }
    return true;
  }

  /** Counts the calling thread out again. */
  void exit() {
    stripe().getAndDecrement();
  }

  /** Lets nobody in from now on, and returns when everybody is out. */
  void drain() {
    closing = true;
    boolean interrupted = false;
    for (Stripe stripe : stripes) {
      while (stripe.get() != 0) {
        LockSupport.parkNanos(this, PAUSE_NANOS);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Stripe stripe() {
    return stripes[(int) Thread.currentThread().getId() & (STRIPES - 1)];
  }

  /** A count with so much room around it that no other shares its line of the processor's cache, or the line fetched with it. */
  @SuppressWarnings("unused")
  private static final class Stripe extends AtomicLong {

    private static final long serialVersionUID = 1;

    private long room1;
    private long room2;
    private long room3;
    private long room4;
    private long room5;
    private long room6;
    private long room7;
    private long room8;
    private long room9;
    private long room10;
    private long room11;
    private long room12;
    private long room13;
    private long room14;
  }
}
