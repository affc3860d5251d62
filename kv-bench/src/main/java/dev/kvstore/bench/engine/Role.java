package dev.kvstore.bench.engine;

/** How a row of the table is to be read. */
public enum Role {
  /** An engine of this repository. */
  OURS,
  /** A store of others that does the same work. */
  PEER,
  /** No store at all, but the least work that the machine must do. */
  LIMIT
}
