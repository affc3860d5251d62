package dev.kvstore.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Other processes: ones that are killed amid sessions that H2 writes in parts, and ones with limits. {@link KillTest} kills more. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessTest {

  @TempDir
  Path folder;

  @Test
  void aKillAmidALargeSessionLeavesAllOfItOrNothing() throws Exception {
    killAmidLargeSessions(2);
  }

  @Test
  @Tag("slow")
  void manyKillsAmidLargeSessionsLeaveAllOrNothing() throws Exception {
    killAmidLargeSessions(25);
  }

  private void killAmidLargeSessions(int times) throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < times; i++) {
      Path store = folder.resolve("large" + i);
      Process child = StoreChild.builder("large", store.toString(), "s").start();
      List<String> made = killAfter(child, 300 + random.nextInt(1_200));
      try (H2Storage storage = H2Storage.open(store)) {
        LargeSessions.requireAllOrNothing(storage, made, "kill " + i + " of seed " + seed);
      }
    }
  }

  /** Lets the child work, kills it, and returns what it said that it had made. */
  private static List<String> killAfter(Process child, int millis) throws Exception {
    List<String> made = new ArrayList<>();
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("open", lines.readLine());
      Thread killer = new Thread(() -> {
        try {
          Thread.sleep(millis);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        // Not by the process itself, which would close the stream that is read here.
        child.toHandle().destroyForcibly();
      });
      killer.start();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("made ")) {
          made.add(line.substring("made ".length()));
        }
      }
      killer.join();
    } finally {
      child.destroyForcibly();
    }
    child.waitFor();
    return made;
  }

  @Test
  void filesAreForTheirOwnerAloneWhateverTheMask() throws Exception {
    for (String mask : List.of("000", "022", "077")) {
      Path store = folder.resolve("sub" + mask).resolve("store");
      assertEquals(List.of("done"), shell("umask " + mask, "once", store.toString()));
      try (Stream<Path> files = Files.list(store.getParent())) {
        for (Path file : files.toList()) {
          assertEquals(
              "rw-------",
              PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
              () -> file + " under mask " + mask);
        }
      }
    }
  }

  @Test
  void aFileSizeLimitOfTheSystemIsADeclaredError() throws Exception {
    // 16 blocks of 512 or 1024 bytes: not even an empty store fits.
    List<String> said = shell("trap '' XFSZ; ulimit -f 16", "once", folder + "/store");
    assertEquals(1, said.size(), said::toString);
    assertTrue(said.get(0).startsWith("STORAGE_FAILED "), said::toString);
    assertEquals(List.of("done"), shell("true", "once", folder + "/store"));
  }

  /** Runs the child under a shell that does {@code before}; returns what it said. */
  private static List<String> shell(String before, String... arguments) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "a shell");
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", before + "; exec \"$@\"", "sh"));
    command.addAll(StoreChild.builder(arguments).command());
    command.add(command.indexOf("-cp"), "-XX:-UsePerfData");
    Process child = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      List<String> said = lines.lines().toList();
      child.waitFor();
      return said;
    } finally {
      child.destroyForcibly();
    }
  }
}
