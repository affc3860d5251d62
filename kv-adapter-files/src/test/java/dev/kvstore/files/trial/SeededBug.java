package dev.kvstore.files.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A fault put into the source of one class, to see whether a test finds it. The class with the fault exists in a temporary folder
 * alone, and comes first on the class path of a process that runs that test.
 *
 * @param name what is wrong
 * @param in the class, by its full name
 * @param text what stands in its source exactly once; if it no longer does, the bug must be seeded anew
 * @param replacement what stands there with the bug
 * @param foundBy the test that fails with it, as {@code package.Class#method}
 */
public record SeededBug(String name, String in, String text, String replacement, String foundBy) {

  /** Fails if the text to be replaced does not stand in the source exactly once. */
  void requirePlace() throws IOException {
    Path source = source();
    assertEquals(
        2,
        Files.readString(source).split(Pattern.quote(text), -1).length,
        () -> name + ": the text to be replaced stands not exactly once in " + source);
  }

  /** Compiles the class with the bug into {@code folder}. */
  void plant(Path folder) throws IOException {
    requirePlace();
    Path source = source();
    String sound = Files.readString(source);
    Path broken = folder.resolve(source.getFileName());
    Files.writeString(broken, sound.replace(text, replacement));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status = ToolProvider.getSystemJavaCompiler()
        .run(
            null,
            said,
            said,
            "-proc:none",
            "-nowarn",
            "-implicit:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString(),
            broken.toString());
    assertEquals(0, status, () -> name + ": " + said.toString(StandardCharsets.UTF_8));
  }

  /** Runs a test in a process with the classes in {@code folder} first; what became of it. */
  static TestRun.Outcome run(String test, Path folder) throws Exception {
    String classPath = folder + File.pathSeparator + System.getProperty("java.class.path");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            classPath,
            TestRun.class.getName(),
            test)
        .redirectErrorStream(true)
        .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int told = said.lastIndexOf(TestRun.TELLS);
    assertTrue(process.waitFor() == 0 && told >= 0, () -> test + " did not run: " + said);
    return TestRun.Outcome.valueOf(said.substring(told + TestRun.TELLS.length()).strip());
  }

  /** The class's source, in whichever module: tests run in a module's folder. */
  private Path source() throws IOException {
    String path = "src/main/java/" + in.replace('.', '/') + ".java";
    try (Stream<Path> modules = Files.list(Path.of("").toAbsolutePath().getParent())) {
      List<Path> found =
          modules.map(module -> module.resolve(path)).filter(Files::exists).toList();
      assertEquals(1, found.size(), () -> "sources of " + in + ": " + found);
      return found.get(0);
    }
  }
}
