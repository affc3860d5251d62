package dev.kvstore.app.docs;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the examples of documents as a reader would, with the launcher that was built.
 *
 * @param folder where they run
 */
record Examples(Path folder) {

  /** A session of commands: a line with a dollar is one, and what it shows follows. */
  List<String> session(String session) throws IOException, InterruptedException {
    List<String> shown = new ArrayList<>();
    for (String line : session.lines().toList()) {
      if (line.startsWith("$ ")) {
        shown.add(line);
        shown.addAll(command(line.substring(2)));
      }
    }
    return shown;
  }

  /** The lines that a command of the shell shows, with its exit code if that is not zero. */
  List<String> command(String command) throws IOException, InterruptedException {
    Path launcher = Path.of(System.getProperty("kv.launcher"));
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder.environment().put("PATH", launcher.getParent() + ":" + System.getenv("PATH"));
    builder.environment().put("XDG_DATA_HOME", folder.resolve("share").toString());
    builder.environment().remove("KV_STORE");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return run(builder);
  }

  /** Whether a program is installed. */
  boolean canRun(String program) throws IOException, InterruptedException {
    return command("command -v " + program + " >/dev/null").isEmpty();
  }

  /** The lines that statements of Java print. */
  List<String> java(String statements) throws IOException, InterruptedException {
    String source = """
        import dev.kvstore.core.*;
        import dev.kvstore.core.model.*;
        import dev.kvstore.core.port.*;
        import dev.kvstore.etcd.*;
        import dev.kvstore.files.*;
        import dev.kvstore.h2.*;
        import dev.kvstore.jsonfile.*;
        import java.nio.file.Path;
        import java.time.*;
        import java.util.*;
        import tools.jackson.databind.json.JsonMapper;
        public class Example {
          public static void main(String[] args) {
        %s
          }
        }
        """.formatted(statements);
    Path file = Files.writeString(folder.resolve("Example.java"), source);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return run(new ProcessBuilder(java, "-cp", classPath(), file.toString()));
  }

  /** Without what a test brings along and a program does not: half of SLF4J announces itself. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> !jar.contains("slf4j"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private List<String> run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process =
        builder.directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    byte[] shown = process.getInputStream().readAllBytes();
    List<String> lines =
        new ArrayList<>(new String(shown, StandardCharsets.UTF_8).lines().toList());
    int exit = process.waitFor();
    if (exit != 0) {
      lines.add("[exit " + exit + "]");
    }
    return lines;
  }
}
