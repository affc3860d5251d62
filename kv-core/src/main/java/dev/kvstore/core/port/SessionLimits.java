package dev.kvstore.core.port;

/**
 * How much an engine commits at once.
 *
 * @param maxOperations the most operations of a session, or entries of a load
 * @param maxBytes the most bytes of keys and values that either has, in UTF-8
 */
public record SessionLimits(int maxOperations, long maxBytes) {

  /** What engines on a file allow: 10,000 operations and 64 MiB. */
  public static final SessionLimits FILE_ENGINE = new SessionLimits(10_000, 64L << 20);
}
