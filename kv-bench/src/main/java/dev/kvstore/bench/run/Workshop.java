package dev.kvstore.bench.run;

import dev.kvstore.bench.engine.EngineType;
import java.nio.file.Path;
import java.util.List;

/**
 * What all measurements of a run share.
 *
 * @param engines the engines, in the order of the tables
 * @param java starts processes
 * @param stores the filled stores
 * @param forces the proofs
 * @param directory where stores lie that last for one round
 * @param progress tells what is going on
 */
record Workshop(
    List<EngineType> engines,
    Java java,
    FilledStores stores,
    Forces forces,
    Path directory,
    Progress progress) {

  /** Where the store of an engine lies for one round. */
  Path place(EngineType type) {
    return directory.resolve(type.name());
  }
}
