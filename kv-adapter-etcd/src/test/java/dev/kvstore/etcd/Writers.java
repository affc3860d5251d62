package dev.kvstore.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.etcd.testkit.TestCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Processes that commit sessions to one store, and what they were told. */
final class Writers {

  private final String location;
  private final List<Process> processes = new ArrayList<>();
  private final List<CompletableFuture<Void>> outputs = new ArrayList<>();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  Writers(String location) {
    this.location = location;
  }

  /** Starts one more process, and waits until it has opened the store. */
  Process start(String name, int threads, int seconds) throws Exception {
    Process process = StoreChild.start("sessions", location, name, "" + threads, "" + seconds);
    BufferedReader lines = StoreChild.linesOf(process);
    assertEquals("open", lines.readLine());
    processes.add(process);
    outputs.add(CompletableFuture.runAsync(
        () -> {
          try (lines) {
            lines.lines().forEach(told::add);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task).start()));
    return process;
  }

  /** How many sessions they have heard of so far. */
  int told() {
    return told.size();
  }

  void killAll() {
    processes.forEach(process -> process.toHandle().destroyForcibly());
  }

  /** Waits for the end of all, and holds what they were told against what the store has. */
  String verify(TestCluster cluster) throws Exception {
    for (CompletableFuture<Void> output : outputs) {
      output.get();
    }
    Map<String, String> outcomes = new HashMap<>();
    long longest = 0;
    for (String line : told) {
      String[] words = line.split(" ", -1);
      if (words.length == 3) {
        outcomes.put(words[1], words[0]);
        longest = Math.max(longest, Long.parseLong(words[2]));
      }
    }
    Map<String, Integer> stored = sessions(cluster);
    stored.forEach(
        (session, keys) -> assertEquals(StoreChild.SESSION, keys, "half a session: " + session));
    Map<String, Integer> counts = new HashMap<>();
    Set<String> unknown = new HashSet<>();
    outcomes.forEach((session, outcome) -> {
      counts.merge(outcome, 1, Integer::sum);
      switch (outcome) {
        case "made" ->
          assertTrue(stored.containsKey(session), "an acknowledged session is lost: " + session);
        case "failed" ->
          assertTrue(!stored.containsKey(session), "a failed session is there: " + session);
        case "unknown" ->
          unknown.add(session + (stored.containsKey(session) ? " is there" : " is not there"));
        default -> throw new AssertionError(session + " was " + outcome);
      }
    });
    assertTrue(counts.getOrDefault("made", 0) >= 10, () -> "too few were made: " + counts);
    return counts + ", longest call " + longest + " ms, unknown: " + unknown;
  }

  /** How many keys of each session are there. */
  private Map<String, Integer> sessions(TestCluster cluster) {
    Map<String, Integer> stored = new HashMap<>();
    String namespace = location.substring(location.lastIndexOf('/') + 1);
    try (EtcdStorage storage = EtcdStorage.open(cluster.options(namespace))) {
      KeyRange range = KeyRange.of(KeyPrefix.all());
      Page<Key> page;
      do {
        page = storage.scanKeys(range, 1_000, Fixture.NOW);
        for (Key key : page.items()) {
          stored.merge(key.text().substring(0, key.text().lastIndexOf('.')), 1, Integer::sum);
          range = range.startingAfter(key);
        }
      } while (page.hasMore());
    }
    return stored;
  }
}
