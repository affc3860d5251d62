package dev.kvstore.core;

import dev.kvstore.core.error.PreconditionFailedException;
import dev.kvstore.core.model.Key;

/** The checks and refusals that a store and its sessions share. */
final class Refusals {

  private Refusals() {}

  static PreconditionFailedException exists(Key key) {
    return PreconditionFailedException.exists(key.text());
  }

  static PreconditionFailedException notFound(Key key) {
    return PreconditionFailedException.notFound(key.text());
  }

  static PreconditionFailedException conflict(Key key) {
    return PreconditionFailedException.conflict(key.text());
  }

  static void checkPageSize(int limit) {
    if (limit < 1 || limit > KeyValueOperations.MAX_PAGE_SIZE) {
      throw new IllegalArgumentException(
          "the page limit is " + limit + "; it must be 1 to " + KeyValueOperations.MAX_PAGE_SIZE);
    }
  }
}
