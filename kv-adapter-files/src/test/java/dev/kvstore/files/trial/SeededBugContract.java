package dev.kvstore.files.trial;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kvstore.files.trial.TestRun.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The tests bite: each bug that is seeded into the program makes the test fail that is named for it. */
public abstract class SeededBugContract {

  @TempDir
  private Path folder;

  /** The bugs. */
  protected abstract List<SeededBug> bugs();

  /** A bug in a class of the engine that is tested, found by a test of it; both are named from its package on. */
  protected final SeededBug bug(
      String name, String in, String text, String replacement, String foundBy) {
    return bugElsewhere(name, here(in), text, replacement, foundBy);
  }

  /** The same in any other class, which is named in full. */
  protected final SeededBug bugElsewhere(
      String name, String in, String text, String replacement, String foundBy) {
    return new SeededBug(name, in, text, replacement, here(foundBy));
  }

  private String here(String name) {
    return getClass().getPackageName() + "." + name;
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> theTestFinds() {
    return bugs().stream().map(bug -> dynamicTest(bug.name(), () -> find(bug)));
  }

  /** Otherwise it would not be the bug that makes it fail. */
  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> withoutABugTheTestPasses() {
    return bugs().stream()
        .map(SeededBug::foundBy)
        .distinct()
        .map(test ->
            dynamicTest(test, () -> assertNotEquals(Outcome.FAILED, SeededBug.run(test, folder))));
  }

  /** In every build: a bug whose place has gone is noticed at once, not when the long tests run again. */
  @Test
  void everyBugHasItsPlace() throws Exception {
    for (SeededBug bug : bugs()) {
      bug.requirePlace();
    }
  }

  /** The document names each bug and the test that finds it. */
  @Test
  void everyBugIsInTheDocument() throws Exception {
    String document = Files.readString(Path.of("../kv-adapter-jsonfile/RELIABILITY.md"));
    for (SeededBug bug : bugs()) {
      String test = bug.foundBy().replaceAll(".*\\.", "").replace("#", ".");
      String row = "| " + bug.name() + " | `" + test + "` |";
      assertTrue(document.contains(row), () -> "RELIABILITY.md has no row " + row);
    }
  }

  private void find(SeededBug bug) throws Exception {
    Path classes = Files.createTempDirectory(folder, "bug");
    bug.plant(classes);
    Outcome outcome = SeededBug.run(bug.foundBy(), classes);
    assumeFalse(outcome == Outcome.SKIPPED, bug.foundBy() + " cannot be run here");
    assertNotEquals(Outcome.PASSED, outcome, () -> bug.foundBy() + " does not find: " + bug.name());
  }
}
