package dev.kvstore.files;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waiting for what other threads bring. */
public final class Futures {

  private Futures() {}

  /**
   * The result, once it is there; what its maker threw is thrown as it was. An interrupt of the caller has no effect but that it stays
   * interrupted.
   */
  public static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }
}
