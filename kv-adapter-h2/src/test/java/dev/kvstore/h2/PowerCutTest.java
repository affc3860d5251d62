package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Key;
import dev.kvstore.files.Durability;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Power cuts of a real file system, ext4, amid writes and rewrites of a store on it. {@link CrashStateTest} simulates more. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PowerCutTest {

  private static final int CUTS = 50;
  private static final int LARGE_CUTS = 20;

  @TempDir
  private Path folder;

  @BeforeEach
  void makeFileSystem() throws Exception {
    Files.createDirectory(mount());
    // Sparse: large sessions need the room, and it costs nothing else.
    Root.require("truncate", "-s", "2G", image().toString());
    Root.require("mkfs.ext4", "-q", "-F", image().toString());
    Root.require("mount", "-o", "loop", image().toString(), mount().toString());
  }

  @AfterEach
  void unmount() throws Exception {
    new ProcessBuilder("umount", mount().toString()).start().waitFor();
  }

  @Test
  @Tag("slow")
  void aPowerCutLosesNothingAcknowledged() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path store = mount().resolve("store");
    List<String> made = new ArrayList<>();
    int begun = 0;
    for (int cut = 0; cut < CUTS; cut++) {
      int threads = 1 + random.nextInt(4);
      begun += threads;
      ProcessBuilder writer = StoreChild.builder(
          "write", store.toString(), "" + cut, "" + threads, Durability.SYNC.name());
      made.addAll(acknowledgedBeforeTheCut(writer, random.nextInt(600)));
      mountAgain();
      String where = "cut " + cut + " of seed " + seed;
      try (H2Storage storage = H2Storage.open(store)) {
        for (String key : made) {
          assertTrue(storage.find(Key.of(key), NOW).isPresent(), () -> where + " lost " + key);
        }
        // What was acknowledged while the cut went on may be there, too: it becomes part of the
        // store.
        assertEquals(
            storage.status(NOW).liveEntries(),
            storage.scan(Fixture.ALL, 1_000_000, NOW).items().size(),
            where);
      }
    }
    assertTrue(made.size() > begun, "only " + made.size() + " entries were made");
  }

  /** H2 writes such a session in several parts. */
  @Test
  @Tag("slow")
  void aPowerCutAmidLargeSessionsLeavesAllOfEachOrNothing() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int acknowledged = 0;
    for (int cut = 0; cut < LARGE_CUTS; cut++) {
      Path store = mount().resolve("large" + cut);
      ProcessBuilder writer = StoreChild.builder("large", store.toString(), "s");
      List<String> made = acknowledgedBeforeTheCut(writer, 200 + random.nextInt(4_000));
      acknowledged += made.size();
      mountAgain();
      try (H2Storage storage = H2Storage.open(store)) {
        LargeSessions.requireAllOrNothing(storage, made, "cut " + cut + " of seed " + seed);
      }
      Files.delete(mount().resolve("large" + cut + ".mv.db"));
    }
    assertTrue(acknowledged > 0, "no session was acknowledged");
  }

  private void mountAgain() throws Exception {
    Root.run("umount", mount().toString());
    Root.run("mount", "-o", "loop", image().toString(), mount().toString());
  }

  private List<String> acknowledgedBeforeTheCut(ProcessBuilder writer, int millis)
      throws Exception {
    Process child = writer.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> made = new ArrayList<>();
    AtomicBoolean cutting = new AtomicBoolean();
    FutureTask<Void> cut = new FutureTask<>(() -> {
      Thread.sleep(millis);
      cutting.set(true);
      try {
        Root.cutPower(mount());
      } finally {
        child.toHandle().destroyForcibly();
      }
      return null;
    });
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("open", lines.readLine());
      new Thread(cut).start();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("made ") && !cutting.get()) {
          made.add(line.substring("made ".length()));
        }
      }
      cut.get();
    } finally {
      child.destroyForcibly();
      child.waitFor();
    }
    return made;
  }

  private Path mount() {
    return folder.resolve("mount");
  }

  private Path image() {
    return folder.resolve("image");
  }
}
