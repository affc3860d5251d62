package dev.kvstore.bench.work;

/** A process that does nothing but say that it runs: what a JVM costs before any store is opened. */
public final class Bare {

  private Bare() {}

  /** Writes the mark. */
  public static void main(String[] arguments) {
    new Output(System.out).mark();
  }
}
