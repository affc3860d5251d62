package dev.kvstore.bench.run;

import dev.kvstore.bench.engine.Durability;
import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Feature;
import dev.kvstore.bench.report.Group;
import dev.kvstore.bench.report.Row;
import dev.kvstore.bench.stats.Rounds;
import dev.kvstore.bench.work.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The proofs that durable engines force, each made when it is first asked for. Without strace nothing is objected, but said. */
final class Forces {

  private record Key(String engine, int threads) {}

  private final Java java;
  private final Path directory;
  private final Progress progress;
  private final boolean possible;
  private final Map<Key, Optional<Proof>> proofs = new HashMap<>();

  Forces(Java java, Path directory, Progress progress) throws InterruptedException {
    this.java = java;
    this.directory = directory;
    this.progress = progress;
    this.possible = Proof.possible();
  }

  /** Why the durable rows of an engine do not count; empty if nothing speaks against them. */
  Optional<String> objection(EngineType type, int threads)
      throws IOException, InterruptedException {
    if (!possible) {
      return Optional.empty();
    }
    Optional<Proof> proof = proof(type, threads);
    if (proof.isEmpty()) {
      return Optional.of("its process failed under strace, so it is not known to force");
    }
    return proof.get().holds()
        ? Optional.empty()
        : Optional.of(String.format(
            Locale.ROOT,
            "not durable: strace saw %d forces for %d creates of %d threads",
            proof.get().forces(),
            proof.get().creates(),
            threads));
  }

  /** How many forces were counted for each create. */
  Optional<Double> perOperation(EngineType type, int threads) {
    return proofs
        .getOrDefault(new Key(type.name(), threads), Optional.empty())
        .map(Proof::forcesPerOperation);
  }

  /** What is to be said of a durable row that nothing was objected to. */
  String remark() {
    return possible ? "" : "forces not counted: no strace here";
  }

  /** The forces of every engine for 1, 4 and 16 threads, as groups of their own. */
  List<Group> prove(List<EngineType> engines) throws IOException, InterruptedException {
    List<Group> groups = new ArrayList<>();
    for (int threads : new int[] {1, 4, 16}) {
      List<Row> rows = new ArrayList<>();
      for (EngineType type : engines) {
        Optional<String> why = type.cannot(Feature.FORCED_WRITES);
        if (why.isEmpty()) {
          why = objection(type, threads);
        }
        Optional<Double> counted = perOperation(type, threads);
        rows.add(new Row(
            type.name(),
            type.role(),
            Proof.creates(threads),
            counted.map(count -> new Rounds(List.of(count))),
            counted,
            type.settings(Durability.FORCED),
            why.orElse(remark())));
      }
      groups.add(new Group(
          "forces",
          "per-create",
          Unit.FORCES,
          Proof.VALUE_BYTES,
          threads,
          Proof.creates(threads),
          rows));
    }
    return groups;
  }

  private Optional<Proof> proof(EngineType type, int threads)
      throws IOException, InterruptedException {
    Key key = new Key(type.name(), threads);
    Optional<Proof> known = proofs.get(key);
    if (known == null) {
      progress.say("count the forces of " + type.name() + ", " + threads + " thread(s)");
      known = Proof.of(type, threads, java, directory.resolve(type.name()));
      proofs.put(key, known);
    }
    return known;
  }
}
