package dev.kvstore.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.files.trial.Engine;
import dev.kvstore.files.trial.LoopMount;
import dev.kvstore.files.trial.PowerCutContract;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Power cuts of real file systems, also amid sessions that H2 writes in parts. {@link CrashStateTest} simulates more. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PowerCutTest extends PowerCutContract {

  private static final int LARGE_CUTS = 20;

  @TempDir
  private Path folder;

  @Override
  protected Engine engine() {
    return new H2Engine();
  }

  /** H2 writes such a session in several parts. */
  @Test
  @Tag("slow")
  void aPowerCutAmidLargeSessionsLeavesAllOfEachOrNothing() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int acknowledged = 0;
    try (LoopMount disk = LoopMount.of(LoopMount.Type.EXT4, folder, "2G")) {
      for (int cut = 0; cut < LARGE_CUTS; cut++) {
        Path store = disk.folder().resolve("large" + cut);
        ProcessBuilder writer = StoreChild.builder("large", store.toString(), "s");
        List<String> made = acknowledgedBeforeTheCut(writer, disk, 200 + random.nextInt(4_000));
        acknowledged += made.size();
        disk.mountAgain();
        try (H2Storage storage = H2Storage.open(store)) {
          LargeSessions.requireAllOrNothing(storage, made, "cut " + cut + " of seed " + seed);
        }
        Files.delete(disk.folder().resolve("large" + cut + ".mv.db"));
      }
    }
    assertTrue(acknowledged > 0, "no session was acknowledged");
  }

  private List<String> acknowledgedBeforeTheCut(ProcessBuilder writer, LoopMount disk, int millis)
      throws Exception {
    Process child = writer.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> made = new ArrayList<>();
    AtomicBoolean cutting = new AtomicBoolean();
    FutureTask<Void> cut = new FutureTask<>(() -> {
      Thread.sleep(millis);
      cutting.set(true);
      try {
        disk.cutPower();
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
}
