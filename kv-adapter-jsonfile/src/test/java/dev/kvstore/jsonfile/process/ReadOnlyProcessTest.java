package dev.kvstore.jsonfile.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.files.trial.Child;
import dev.kvstore.files.trial.Strace;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Openings for reading only beside a process that commits sessions and compacts. */
class ReadOnlyProcessTest {

  @TempDir
  private Path folder;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void eachOpeningSeesWholeSessionsAndAllThatWasAcknowledged(
      Durability durability, TestReporter reporter) throws Exception {
    watch(durability, 120, reporter);
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  @Tag("slow")
  void manyOpeningsSeeWholeSessions(Durability durability, TestReporter reporter) throws Exception {
    watch(durability, 5_000, reporter);
  }

  @Test
  void nothingIsOpenedForWritingRenamedOrRemoved() throws Exception {
    Path file = folder.resolve("s.jsonl");
    try (Child child = StoreChild.start("write", file)) {
      child.lines();
      assertEquals(0, child.end());
    }
    Set<String> before = names();
    Path trace = folder.resolveSibling(folder.getFileName() + ".trace");
    try (Child child = StoreChild.start(
        Strace.writing(trace, "openat,rename,renameat,renameat2,unlink,unlinkat,mkdir,chmod"),
        "look",
        file.toString())) {
      assertEquals("open", child.line());
      assertEquals("6 entries", child.line());
      assertEquals(0, child.end());
    }
    for (String call : Files.readAllLines(trace)) {
      if (call.contains(folder.toString())) {
        assertTrue(call.contains("openat(") && call.contains("O_RDONLY"), call);
        assertFalse(call.contains("O_CREAT"), call);
      }
    }
    assertTrue(Files.readString(trace).contains(file.toString()), "nothing was traced");
    Files.delete(trace);
    assertEquals(before, names());
  }

  private void watch(Durability durability, int openings, TestReporter reporter) throws Exception {
    Path file = folder.resolve("s.jsonl");
    AtomicLong acknowledged = new AtomicLong(-1);
    Set<Long> seen = new TreeSet<>();
    try (Child child = StoreChild.start("transfers:" + durability, file)) {
      assertEquals("open", child.line());
      assertEquals("0", child.line());
      acknowledged.set(0);
      Thread listener = listen(child, acknowledged);
      // The writer may be slow, so it is given time to get on.
      for (int i = 0; i < openings || seen.size() < openings / 4; i++) {
        assertTrue(listener.isAlive(), "the writer has ended");
        long least = acknowledged.get();
        try (JsonFileStorage store = openToRead(file)) {
          Map<String, Long> held = held(store);
          assertEquals(Transfers.TOTAL, Transfers.total(held), held::toString);
          long commits = held.get(Transfers.COUNT);
          assertTrue(commits >= least, () -> commits + " commits of at least " + least);
          assertEquals(Transfers.after(commits), held);
          seen.add(commits);
          if (i % 10 == 0) {
            Thread.sleep(20);
          }
          assertEquals(held, held(store), "the same later");
        }
      }
      assertEquals(0, child.end());
      listener.join();
    }
    try (JsonFileStorage store = openToRead(file)) {
      assertEquals(Transfers.after(acknowledged.get()), held(store));
    }
    reporter.publishEntry("states seen", seen.size() + " of " + acknowledged.get());
  }

  private static Thread listen(Child child, AtomicLong acknowledged) {
    Thread listener = new Thread(() -> {
      try {
        for (String line = child.line(); line != null; line = child.line()) {
          acknowledged.set(Long.parseLong(line));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    listener.start();
    return listener;
  }

  private static JsonFileStorage openToRead(Path file) {
    return JsonFileStorage.open(StorageOptions.at(StoragePath.of(file)).asReadOnly());
  }

  private static Map<String, Long> held(JsonFileStorage store) {
    Map<String, Long> entries = new TreeMap<>();
    for (Entry entry :
        store.scan(KeyRange.of(KeyPrefix.all()), 1_000, 1_800_000_000_000L).items()) {
      entries.put(entry.key().text(), Transfers.number(entry.value()));
    }
    return entries;
  }

  private Set<String> names() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(path -> names.add(path.getFileName().toString()));
    }
    return names;
  }
}
