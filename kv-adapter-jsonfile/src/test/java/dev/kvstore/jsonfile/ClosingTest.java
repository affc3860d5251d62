package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.jsonfile.simulation.Operation;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that cannot make durable what it has acknowledged says so at the latest when it is closed, and is closed. */
class ClosingTest {

  private final SimulatedDisk disk = new SimulatedDisk();
  private LogCapture log;

  @BeforeEach
  void beginDropping() {
    log = LogCapture.drop();
  }

  @AfterEach
  void endDropping() {
    log.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"BATCH", "NONE"})
  void aForceThatFailsAtTheCloseIsTold(Durability durability) {
    JsonFileStorage store = open(durability, new ArrayList<>());
    put(store);
    disk.faults().fail(Operation.FORCE, 1, false);
    requireToldAtTheClose(store);
  }

  @Test
  void aForceThatFailedBehindAnAcknowledgementIsToldAtTheClose() {
    List<Runnable> later = new ArrayList<>();
    JsonFileStorage store = open(Durability.BATCH, later);
    put(store);
    disk.faults().fail(Operation.FORCE, 1, false);
    later.forEach(Runnable::run);
    requireToldAtTheClose(store);
  }

  /** Linux says once of a file that a force has failed; the next succeeds. */
  @Test
  void aForceThatSucceedsAfterAnotherHasFailedProvesNothing() {
    List<Runnable> later = new ArrayList<>();
    JsonFileStorage store = open(Durability.BATCH, later);
    put(store);
    disk.faults().fail(Operation.FORCE, 1, false);
    disk.observe(operation -> {
      if (operation == Operation.FORCE) {
        // Written while the force is under way, so that another is due.
        disk.observe(next -> {});
        put(store);
      }
    });
    while (!later.isEmpty()) {
      later.remove(0).run();
    }
    requireToldAtTheClose(store);
  }

  @Test
  void aLackOfMemoryLeavesNothingOpenBehindTheLock() {
    JsonFileStorage store = JsonFileStorage.open(
        StoreRun.options(1_000_000),
        disk,
        Background.inline(),
        new CheckpointPolicy(1 << 20, 0, 0));
    put(store);
    disk.observe(operation -> {
      if (operation == Operation.CREATE) {
        throw new OutOfMemoryError("simulated");
      }
    });
    assertThrows(OutOfMemoryError.class, store::close);
    disk.observe(operation -> {});
    StoreException closed = assertThrows(StoreException.class, () -> put(store));
    assertEquals(ErrorCode.STORE_CLOSED, closed.code());
    requireClosed(store);
  }

  /** Nothing of value is in doubt: only the mark. */
  @Test
  void aMarkThatCannotBeForcedIsNoFailure() {
    JsonFileStorage store = open(Durability.SYNC, new ArrayList<>());
    put(store);
    disk.faults().fail(Operation.FORCE, 1, true);
    store.close();
    requireClosed(store);
  }

  @ParameterizedTest
  @EnumSource
  void aStoreThatWasNotWrittenHasNothingToTell(Durability durability) {
    JsonFileStorage first = open(durability, new ArrayList<>());
    put(first);
    first.close();
    JsonFileStorage store = open(durability, new ArrayList<>());
    disk.faults().fail(Operation.FORCE, 1, true);
    store.close();
    requireClosed(store);
  }

  private JsonFileStorage open(Durability durability, List<Runnable> later) {
    StorageOptions options = StoreRun.options(1_000_000).withDurability(durability);
    return JsonFileStorage.open(options, disk, StoreRun.background(later));
  }

  private static void put(JsonFileStorage store) {
    store.commit(List.of(Mutation.put(Key.of("k"), JsonValue.parse("1"), Entry.NEVER)), Stored.NOW);
  }

  private void requireToldAtTheClose(JsonFileStorage store) {
    StorageFailedException told = assertThrows(StorageFailedException.class, store::close);
    assertEquals(ErrorCode.OUTCOME_UNKNOWN, told.code());
    requireClosed(store);
  }

  /** Closed for good, and free for the next. */
  private void requireClosed(JsonFileStorage store) {
    disk.faults().heal();
    store.close();
    try (JsonFileStorage next = open(Durability.SYNC, new ArrayList<>())) {
      assertEquals(Map.of("k", "1"), Stored.in(next));
    }
  }
}
