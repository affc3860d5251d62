package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.Durability;
import dev.kvstore.jsonfile.simulation.Operation;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What was acknowledged is forced in time, also if a compaction keeps everybody out. */
class BatchForceTest {

  private static final JsonValue VALUE = JsonValue.parse("\"" + "x".repeat(1_000) + "\"");

  private final SimulatedDisk disk = new SimulatedDisk();
  private final List<Operation> done = new ArrayList<>();

  /** No compaction goes on in the background here, so the one that writes has it done. */
  @Test
  void whatWaitsIsForcedBeforeACompactionAtTheCap() {
    Background refusing = new Background() {
      @Override
      public void run(Runnable task) {
        throw new RejectedExecutionException("no more threads");
      }

      @Override
      public void runLater(Runnable task, long delayMillis) {}

      @Override
      public void end() {}
    };
    LogCapture log = LogCapture.drop();
    try (log;
        JsonFileStorage store = JsonFileStorage.open(
            StoreRun.options(65_536).withDurability(Durability.BATCH), disk, refusing)) {
      disk.observe(done::add);
      while (!done.contains(Operation.RENAME)) {
        done.clear();
        store.commit(List.of(Mutation.put(Key.of("k"), VALUE, Entry.NEVER)), Stored.NOW);
      }
    }
    int forced = done.indexOf(Operation.FORCE);
    assertTrue(forced >= 0 && forced < done.indexOf(Operation.CREATE), done::toString);
  }
}
