package dev.kvstore.h2;

import java.util.concurrent.CompletableFuture;

/** Something for the writer's thread to do, and somebody who waits for it. */
sealed interface Task permits Commit, Task.Errand, Task.End {

  /** Completed when it is done, or has failed. */
  CompletableFuture<?> answer();

  /**
   * Work that needs the thread to itself.
   *
   * @param work what to do
   * @param answer completed when it is done
   */
  record Errand(Runnable work, CompletableFuture<Void> answer) implements Task {

    Errand(Runnable work) {
      this(work, new CompletableFuture<>());
    }
  }

  /**
   * The last task.
   *
   * @param answer completed when everything before it is done
   */
  record End(CompletableFuture<Void> answer) implements Task {}
}
