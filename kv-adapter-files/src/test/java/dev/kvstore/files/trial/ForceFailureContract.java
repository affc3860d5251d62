package dev.kvstore.files.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A force that fails in earnest: a file system in a file that has no room to grow. Linux then drops what was written, and a second
 * force would say success. When the pages are gone from memory, everything acknowledged is there.
 */
public abstract class ForceFailureContract {

  private static final List<String> WRITES_NOTHING_LATER =
      List.of("-E", "lazy_itable_init=1,lazy_journal_init=1,nodiscard", "-J", "size=4", "-m", "0");

  @TempDir
  private Path folder;

  /** The engine. */
  protected abstract Engine engine();

  @Test
  @Tag("slow")
  void whatWasAcknowledgedIsThereWhenThePagesAreGone() throws Exception {
    Trials trials = Trials.of(5);
    int acknowledged = 0;
    for (int trial = 0; trial < trials.count(); trial++) {
      acknowledged += failForce(trial, 12 + trial % 5);
    }
    trials.report(this, acknowledged + " acknowledgements");
  }

  private int failForce(int trial, int megabytes) throws Exception {
    Path small = Files.createDirectory(folder.resolve("small" + trial));
    Commands.require(
        "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", small.toString());
    try (LoopMount disk = LoopMount.of(
        LoopMount.Type.EXT4, small, "256M", WRITES_NOTHING_LATER, "loop,errors=continue")) {
      Path store = disk.folder().resolve("store");
      List<String> said = fill(store);
      Map<String, String> made = new TreeMap<>();
      for (String line : said) {
        if (line.startsWith("made ")) {
          int i = Integer.parseInt(line.substring("made ".length()));
          made.putAll(entry(i));
        }
      }
      long unknown = said.stream().filter("failed OUTCOME_UNKNOWN"::equals).count();
      assertEquals(1, unknown, () -> "a force failed, and writing ended: " + tail(said));
      assertEquals("failed STORAGE_FAILED", said.get(said.size() - 1));
      assertTrue(made.size() > 10, "hardly anything was written");
      // Room, so that what is written while the file system is mounted again finds some.
      Commands.run("mount", "-o", "remount,size=64m", small.toString());
      disk.mountAgain();
      String where = "trial " + trial + ", after " + made.size() + " acknowledgements";
      Standard.check(engine(), store, where, held -> {
        Map<String, String> more = new TreeMap<>(held);
        more.keySet().removeAll(made.keySet());
        Map<String, String> both = new TreeMap<>(held);
        both.keySet().retainAll(made.keySet());
        assertEquals(made, both, where);
        assertTrue(
            more.isEmpty() || more.equals(entry(made.size())), () -> where + ": " + more.keySet());
      });
      return made.size();
    } finally {
      Commands.run("umount", small.toString());
    }
  }

  private List<String> fill(Path store) throws Exception {
    try (Child child = EngineChild.start(List.of(), engine(), "fill", store)) {
      assertEquals("open", child.line());
      assertEquals(0, child.end());
      return child.lines();
    }
  }

  private static Map<String, String> entry(int i) {
    return Map.of("entry" + i, EngineChild.value(i));
  }

  private static List<String> tail(List<String> lines) {
    return lines.subList(Math.max(0, lines.size() - 8), lines.size());
  }
}
