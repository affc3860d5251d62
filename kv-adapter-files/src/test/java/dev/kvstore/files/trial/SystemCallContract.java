package dev.kvstore.files.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.files.trial.SystemCalls.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fixed run of 200 operations, in which each system call on the files of the store is the last one before the process is
 * killed, or fails, once or with all that come after it. As many trials as there are calls, or more, are all of them.
 */
public abstract class SystemCallContract {

  private static final Map<String, String> ERRORS = Map.of(
      "openat", "EMFILE",
      "mmap", "ENOMEM",
      "write", "ENOSPC",
      "pwrite64", "ENOSPC",
      "fcntl", "ENOLCK",
      "mkdir", "EACCES");

  @TempDir
  private Path folder;

  /** The engine. */
  protected abstract Engine engine();

  @Test
  void aKillAtASystemCallLosesNothing() throws Exception {
    kill(Trials.of(12));
  }

  @Test
  @Tag("slow")
  void aKillAtManySystemCallsLosesNothing() throws Exception {
    kill(Trials.of(300));
  }

  @Test
  void aSystemCallThatFailsLosesNothing() throws Exception {
    fail(Trials.of(16));
  }

  @Test
  @Tag("slow")
  void manySystemCallsThatFailLoseNothing() throws Exception {
    fail(Trials.of(300));
  }

  @Test
  void aFolderThatCannotBeForcedLosesNothing() throws Exception {
    Path store = Files.createDirectory(folder.resolve("unforced")).resolve("store");
    List<Path> parent = List.of(store.getParent());
    List<String> strace = Strace.injecting("fsync,fdatasync:error=EIO", parent, trace());
    check(store, run(strace, store, "unforced", true).possible(), "unforced");
    assertTrue(injected() > 0, "the folder was never forced");
  }

  @Test
  void interruptedSystemCallsAreMadeAgain() throws Exception {
    Path store = Files.createDirectory(folder.resolve("interrupted")).resolve("store");
    List<String> strace = Strace.injecting(
        "openat,read,pread64,write,pwrite64,ftruncate:error=EINTR:when=2+2",
        SystemCalls.files(engine(), store),
        trace());
    Set<Map<String, String>> possible = run(strace, store, "EINTR", true).possible();
    Map<String, String> everything = new TreeMap<>();
    for (int step = 1; step <= Script.LENGTH; step++) {
      everything = Script.after(everything, step);
    }
    assertEquals(Set.of(everything), possible);
    check(store, possible, "EINTR");
    assertTrue(injected() > Script.LENGTH / 4, "hardly a call was interrupted");
  }

  /** Otherwise a power cut could leave a name without its file, or undo what was told to be done. */
  @Test
  void aFileIsForcedBeforeItIsRenamedAndTheFolderAfterwards() throws Exception {
    Path trace = folder.resolve("renames");
    Path store = folder.resolve("store");
    List<String> strace =
        Strace.writing(trace, "write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2");
    run(strace, store, "traced", true);
    String name = "";
    boolean written = false;
    int renames = 0;
    boolean folderInDoubt = false;
    for (String call : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
      if (call.contains(" rename")) {
        String from = call.replaceAll("[^\"]*\"([^\"]*)\".*", "$1");
        assertTrue(from.equals(name) && !written, () -> "renamed before it was forced: " + call);
        renames++;
        folderInDoubt = true;
      } else if (call.contains("sync(") && call.contains("<" + folder + ">")) {
        folderInDoubt = false;
      } else if (call.contains("sync(")) {
        name = fileOf(call);
        written = false;
      } else if (call.contains("write(1<") && call.contains("\"ok ")) {
        assertFalse(folderInDoubt, () -> "told before the folder was forced: " + call);
      } else if (fileOf(call).equals(name)) {
        written = true;
      }
    }
    assertTrue(renames > Script.LENGTH / 40, "hardly a rename was seen");
  }

  /** The path of the file that a call is about, by its descriptor. */
  private static String fileOf(String call) {
    return call.replaceAll("[^<]*<([^>]*)>.*", "$1");
  }

  private void kill(Trials trials) throws Exception {
    List<Call> calls = calls(trials);
    int killed = 0;
    for (int trial = 0; trial < Math.min(trials.count(), calls.size()); trial++) {
      Call call = calls.get(trial);
      Path store = Files.createDirectory(folder.resolve("killed" + trial)).resolve("store");
      String where = "killed: " + call.again();
      List<String> strace = Strace.injecting(
          call.name() + ":signal=SIGKILL:when=" + call.nth(),
          SystemCalls.files(engine(), store),
          trace());
      Run run = run(strace, store, where, false);
      killed += run.whole() ? 0 : 1;
      check(store, run.possible(), where);
    }
    trials.report(this, "killed at " + killed + " of " + calls.size() + " system calls");
    // One whose number another thread has in another run is not met; most are.
    assertTrue(2 * killed > Math.min(trials.count(), calls.size()), "killed only " + killed);
  }

  private void fail(Trials trials) throws Exception {
    List<Call> calls = calls(trials);
    int failed = 0;
    int tried = Math.min(trials.count(), 2 * calls.size());
    for (int trial = 0; trial < tried; trial++) {
      Call call = calls.get(trial / 2);
      String error = ERRORS.getOrDefault(call.name(), "EIO");
      String times = call.nth() + (trial % 2 == 0 ? "" : "+");
      Path store = Files.createDirectory(folder.resolve("failed" + trial)).resolve("store");
      String where = call.name() + " number " + times + " fails: " + call.again();
      List<String> strace = Strace.injecting(
          call.name() + ":error=" + error + ":when=" + times,
          SystemCalls.files(engine(), store),
          trace());
      check(store, run(strace, store, where, true).possible(), where);
      failed += injected() > 0 ? 1 : 0;
    }
    trials.report(
        this,
        failed + " of them with a failure; " + calls.size()
            + " system calls, each failing once and for ever");
    assertTrue(2 * failed > tried, "only " + failed + " failed");
  }

  /** What strace tells of the calls to which something happened. */
  private Path trace() {
    return folder.resolve("injected");
  }

  private long injected() throws IOException {
    try (Stream<String> lines = Files.lines(trace(), StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.endsWith("(INJECTED)")).count();
    }
  }

  /** Those to try, in this order, or the one that is asked for. */
  private List<Call> calls(Trials trials) throws Exception {
    Optional<Call> again = Call.toTryAgain();
    if (again.isPresent()) {
      return List.of(again.get());
    }
    return SystemCalls.ofScript(engine(), folder, new Random(trials.seed(0)));
  }

  /**
   * A run of the script.
   *
   * @param possible what the store may hold afterwards
   * @param whole whether it came to its end
   */
  private record Run(Set<Map<String, String>> possible, boolean whole) {}

  private Run run(List<String> strace, Path store, String where, boolean endsByItself)
      throws Exception {
    Set<Map<String, String>> possible = new HashSet<>(Set.of(new TreeMap<>()));
    int step = 0;
    try (Child child = EngineChild.start(strace, engine(), "script", store)) {
      for (String line = child.line(); line != null; line = child.line()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("close")) {
          continue;
        }
        step++;
        assertEquals(Integer.toString(step), words[1], where + ": " + line);
        possible = after(possible, step, words, where);
      }
      int status = child.end();
      assertTrue(status == 0 || !endsByItself, where + ": exit status " + status);
    }
    if (step < Script.LENGTH) {
      assertTrue(!endsByItself, where + ": ended after " + step);
      possible = after(possible, step + 1, new String[] {"unknown"}, where);
    }
    return new Run(possible, step == Script.LENGTH);
  }

  private static Set<Map<String, String>> after(
      Set<Map<String, String>> before, int step, String[] words, String where) {
    Set<Map<String, String>> after = new HashSet<>();
    if (!words[0].equals("ok")) {
      after.addAll(before);
    }
    if (words[0].equals("failed")) {
      assertEquals("STORAGE_FAILED", words[2], where + ", operation " + step);
    } else {
      before.forEach(entries -> after.add(Script.after(entries, step)));
    }
    return after;
  }

  private void check(Path store, Set<Map<String, String>> possible, String where) {
    Standard.check(
        engine(),
        store,
        where,
        held -> assertTrue(
            possible.contains(held), () -> where + ": " + held + " is none of " + possible));
  }
}
