package dev.kvstore.bench.run;

/** What a measurement finds in its directory. */
public enum Stage {
  /** Nothing. */
  EMPTY,
  /** A filled store that is shared between rounds, and that nobody changes. */
  FILLED,
  /** A copy of a filled store, for this round alone. */
  COPY,
  /** A copy of a filled store that a process had open and wrote to when it was killed. */
  KILLED
}
