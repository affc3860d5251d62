package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.EngineType;

/** Something that is measured in a process of its own. */
public interface Work {

  /** Does the work on a store in the task's directory. */
  void run(Task task, EngineType type, Output output) throws Exception;
}
