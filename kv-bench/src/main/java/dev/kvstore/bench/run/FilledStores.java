package dev.kvstore.bench.run;

import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Feature;
import dev.kvstore.bench.work.Filling;
import dev.kvstore.bench.work.Folders;
import dev.kvstore.bench.work.Task;
import dev.kvstore.bench.work.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores of one dataset that are filled once, by a process of their own, and read or copied by many measurements. */
final class FilledStores {

  private final Java java;
  private final Path directory;
  private final int timeoutSeconds;
  private final Progress progress;
  private final Map<String, Optional<String>> failures = new HashMap<>();

  FilledStores(Java java, Path directory, int timeoutSeconds, Progress progress) {
    this.java = java;
    this.directory = directory;
    this.timeoutSeconds = timeoutSeconds;
    this.progress = progress;
  }

  /** Where the store of an engine lies, filled; nothing is filled for an engine that keeps nothing. */
  Path path(EngineType type) {
    return directory.resolve(type.name());
  }

  /** Fills the store of an engine, unless it was done before; why that failed, or empty. */
  Optional<String> fill(EngineType type, Case next) throws IOException, InterruptedException {
    Optional<String> known = failures.get(type.name());
    if (known != null) {
      return known;
    }
    Files.createDirectories(path(type));
    Optional<String> failure = Optional.empty();
    if (type.cannot(Feature.PERSISTENCE).isEmpty()) {
      progress.say(
          "fill " + type.name() + " with " + next.entries(type) + " x " + next.valueBytes() + " B");
      Task task = new Task(
          Works.FILL,
          type.name(),
          Filling.durability(type),
          next.valueBytes(),
          1,
          next.entries(type),
          0,
          0,
          path(type).toRealPath());
      failure = ChildProcess.run(java.child(type, task, List.of()), timeoutSeconds)
          .failure()
          .map(why -> "could not be filled: " + why);
    }
    failures.put(type.name(), failure);
    return failure;
  }

  /** Deletes all stores, so that others can be filled. */
  void clear() throws IOException {
    failures.clear();
    Folders.delete(directory);
  }
}
