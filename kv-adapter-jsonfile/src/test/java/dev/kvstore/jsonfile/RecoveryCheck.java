package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.VerifyReport;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.jsonfile.simulation.PowerCuts;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Opens a store on a disk that a crash has left, and checks what the store promises about that. Counts what it checks. */
final class RecoveryCheck {

  private static final Key PROBE = Key.of("probe");

  private final long maxBytes;
  private long states;

  RecoveryCheck(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** How many states were opened. */
  long states() {
    return states;
  }

  /** The store must be without damage, open, hold one of the possible states, not lose it by another crash, and go on working. */
  void check(SimulatedDisk disk, Set<Map<String, String>> possible) {
    assertSound(disk.afterKill());
    Map<String, String> held = holdsOneOf(disk.afterKill(), possible);
    assertEquals(held, readOnly(disk), "opened for reading only");
    SimulatedDisk used = disk.afterKill();
    JsonFileStorage store = open(used);
    // A further power cut takes nothing back that was answered.
    PowerCuts.some(new Random(1))
        .of(used, again -> assertEquals(held, Stored.in(open(again)), "after a second crash"));
    goesOnWorking(store, used, held);
  }

  /** Like {@link #check}, and crashes at every step of the recovery, too. */
  void checkAndCrashAgain(SimulatedDisk disk, Set<Map<String, String>> possible) {
    check(disk, possible);
    SimulatedDisk recovering = disk.afterKill();
    recovering.observe(operation -> {
      holdsOneOf(recovering.afterKill(), possible);
      PowerCuts.some(new Random(2)).of(recovering, again -> holdsOneOf(again, possible));
    });
    open(recovering);
  }

  private Map<String, String> holdsOneOf(SimulatedDisk disk, Set<Map<String, String>> possible) {
    Map<String, String> held = Stored.in(open(disk));
    assertTrue(possible.contains(held), () -> held + " is none of " + possible);
    return held;
  }

  /** Verifying finds no damage, or that the crash came before there was a store. */
  private void assertSound(SimulatedDisk disk) {
    try {
      VerifyReport report =
          new JsonFileMaintenance(StoreRun.options(maxBytes), disk).verify(ProgressListener.NONE);
      assertTrue(report.isSound(), report::toString);
    } catch (StoreUnavailableException e) {
      assertEquals(ErrorCode.STORE_MISSING, e.code());
    }
  }

  /** What an opening for reading only finds, which changes nothing. A store that was not made yet is missing there. */
  private Map<String, String> readOnly(SimulatedDisk disk) {
    SimulatedDisk looked = disk.afterKill();
    looked.observe(operation -> {
      throw new AssertionError("an opening for reading only made a change: " + operation);
    });
    StorageOptions options = StoreRun.options(maxBytes).asReadOnly();
    try (JsonFileStorage store = JsonFileStorage.open(options, looked, Background.inline())) {
      return Stored.in(store);
    } catch (StoreUnavailableException e) {
      assertEquals(ErrorCode.STORE_MISSING, e.code());
      byte[] file = looked.bytes(StoreRun.FILE);
      assertTrue(file == null || file.length == 0, "it is not missing");
      return Map.of();
    }
  }

  private JsonFileStorage open(SimulatedDisk disk) {
    states++;
    try {
      return JsonFileStorage.open(StoreRun.options(maxBytes), disk, Background.inline());
    } catch (StoreException e) {
      // No StoreException: the engine, in the midst of which this may run, would take it for its
      // own.
      throw new AssertionError("does not open: " + e.getMessage(), e);
    }
  }

  private void goesOnWorking(JsonFileStorage store, SimulatedDisk disk, Map<String, String> held) {
    JsonValue value = JsonValue.parse("{\"probe\":true}");
    assertEquals(
        CommitResult.APPLIED,
        store.commit(List.of(Mutation.create(PROBE, value, Entry.NEVER)), Stored.NOW));
    assertEquals(value, store.find(PROBE, Stored.NOW).orElseThrow().value());
    Map<String, String> withProbe = new TreeMap<>(held);
    withProbe.put(PROBE.text(), value.text());
    assertEquals(withProbe, Stored.in(open(disk.afterKill())), "with one more entry");
    assertEquals(CommitResult.APPLIED, store.commit(List.of(Mutation.delete(PROBE)), Stored.NOW));
    store.close();
    assertEquals(held, Stored.in(open(disk)), "reopened");
  }
}
