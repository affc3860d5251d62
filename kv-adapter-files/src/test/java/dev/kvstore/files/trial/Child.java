package dev.kvstore.files.trial;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running process of Java with the class path of this one. Closing it ends it. */
public final class Child implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;

  private Child(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts {@code main}, after {@code before}, such as {@code strace}. Its errors go where those of this process go. */
  public static Child start(List<String> before, Class<?> main, String... arguments)
      throws IOException {
    return start(before, List.of(), main, arguments);
  }

  /** The same with options of the virtual machine. */
  public static Child start(
      List<String> before, List<String> options, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of(
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName()));
    command.addAll(List.of(arguments));
    return new Child(new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** The next line of its output; null at the end. */
  public String line() throws IOException {
    return out.readLine();
  }

  /** The rest of its output. */
  public List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(); line != null; line = line()) {
      lines.add(line);
    }
    return lines;
  }

  /** Sends it a signal, such as "STOP". */
  public void signal(String name) throws IOException, InterruptedException {
    Commands.run("kill", "-" + name, Long.toString(pid()));
  }

  /** Kills it as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    // Not through Process, which would throw away what can still be read.
    process.toHandle().destroyForcibly();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
  }

  /** Lets it end by itself: closes its input and waits. */
  public int end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the child does not end");
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    out.close();
  }
}
