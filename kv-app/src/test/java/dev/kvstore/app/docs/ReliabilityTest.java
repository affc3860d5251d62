package dev.kvstore.app.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that RELIABILITY.md names are there. */
class ReliabilityTest {

  /** A test's class, or one method of it. */
  private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT|Contract))(?:\\.(\\w+))?`");

  private static final Pattern SUPERCLASS = Pattern.compile("class \\w+ extends (\\w+)");

  @Test
  void everyTestThatItNamesIsThere() throws IOException {
    Map<String, List<String>> sources = sources();
    List<MatchResult> names = NAME.matcher(
            Document.at("kv-adapter-jsonfile/RELIABILITY.md").text())
        .results()
        .toList();
    assertTrue(names.size() > 50, "it names hardly a test");
    for (MatchResult name : names) {
      List<String> tests = sources.getOrDefault(name.group(1), List.of());
      assertTrue(!tests.isEmpty(), () -> "there is no test " + name.group(1));
      assertTrue(
          name.group(2) == null || has(tests, " " + name.group(2) + "(", sources),
          () -> name.group(1) + " has no method " + name.group(2));
    }
  }

  private static boolean has(List<String> tests, String method, Map<String, List<String>> sources) {
    for (String test : tests) {
      Matcher parent = SUPERCLASS.matcher(test);
      if (test.contains(method)
          || (parent.find()
              && has(sources.getOrDefault(parent.group(1), List.of()), method, sources))) {
        return true;
      }
    }
    return false;
  }

  /** The sources of all tests by the simple names of their classes; more than one module may have a class of that name. */
  private static Map<String, List<String>> sources() throws IOException {
    Map<String, List<String>> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(Document.top())) {
      for (Path tests : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            for (Path file :
                files.filter(path -> path.toString().endsWith(".java")).toList()) {
              String name = file.getFileName().toString().replace(".java", "");
              sources
                  .computeIfAbsent(name, unused -> new ArrayList<>())
                  .add(Files.readString(file));
            }
          }
        }
      }
    }
    return sources;
  }
}
