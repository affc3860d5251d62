package dev.kvstore.jsonfile.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.files.Durability;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills a process that writes with four threads, and looks whether everything it acknowledged is there, and nothing by halves. */
class KillTest {

  @TempDir
  private Path folder;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void nothingAcknowledgedIsLost(Durability durability, TestReporter reporter) throws Exception {
    kill(durability, 8, reporter);
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  @Tag("slow")
  void nothingAcknowledgedIsLostInManyRounds(Durability durability, TestReporter reporter)
      throws Exception {
    kill(durability, 200, reporter);
  }

  private void kill(Durability durability, int rounds, TestReporter reporter) throws Exception {
    long seed = new Random().nextInt(1_000_000);
    Random random = new Random(seed);
    int acknowledgements = 0;
    for (int round = 0; round < rounds; round++) {
      Path file = folder.resolve("s" + round + ".jsonl");
      int[] last = new int[KillLoad.THREADS];
      try (Child child = Child.start("load:" + durability, file)) {
        assertEquals("open", child.line());
        long patience = TimeUnit.MILLISECONDS.toNanos(20 + random.nextInt(300));
        Thread killer = killAfter(child, patience);
        for (String line : child.lines()) {
          if (line.matches("\\d \\d+")) {
            last[line.charAt(0) - '0'] = Integer.parseInt(line.substring(2));
            acknowledgements++;
          }
        }
        killer.join();
      }
      String where = "seed " + seed + ", round " + round;
      try (JsonFileStorage store = JsonFileStorage.open(file)) {
        for (int thread = 0; thread < KillLoad.THREADS; thread++) {
          Map<String, String> held = held(store, thread);
          boolean isPrefix = held.equals(KillLoad.after(thread, last[thread]))
              || held.equals(KillLoad.after(thread, last[thread] + 1));
          assertTrue(isPrefix, where + ", thread " + thread + " after " + last[thread]);
        }
      }
    }
    reporter.publishEntry("acknowledgements", Integer.toString(acknowledgements));
    assertTrue(acknowledgements > rounds * 10, "hardly anything was written");
  }

  private static Thread killAfter(Child child, long nanos) {
    Thread killer = new Thread(() -> {
      try {
        TimeUnit.NANOSECONDS.sleep(nanos);
        child.kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    killer.start();
    return killer;
  }

  private static Map<String, String> held(JsonFileStorage store, int thread) {
    Map<String, String> entries = new TreeMap<>();
    KeyRange range = KeyRange.of(KeyPrefix.of(thread + "-"));
    for (Entry entry : store.scan(range, 1_000, 1_800_000_000_000L).items()) {
      entries.put(entry.key().text(), entry.value().text());
    }
    return entries;
  }
}
