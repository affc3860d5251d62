package dev.kvstore.files.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tool that shows a process's system calls, and lets them fail. Where it cannot be used, the test is skipped. */
public final class Strace {

  private Strace() {}

  /** What to put before a command, so that its calls of these names are written to a file. */
  public static List<String> writing(Path trace, String calls)
      throws IOException, InterruptedException {
    requireStrace();
    return List.of(
        "strace", "-f", "-qq", "-y", "-s", "80", "-o", trace.toString(), "-e", "trace=" + calls);
  }

  /** The same, but only calls that concern one of these files, which need not be there. */
  static List<String> writing(Path trace, String calls, List<Path> files)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(writing(trace, calls));
    command.addAll(only(files));
    return command;
  }

  /**
   * What to put before a command, so that something happens to its calls that concern one of these files.
   *
   * @param injection as {@code strace -e inject=} takes it
   * @param trace tells of these calls; of those to which it has happened with the word INJECTED, unless it was a signal
   */
  static List<String> injecting(String injection, List<Path> files, Path trace)
      throws IOException, InterruptedException {
    requireStrace();
    String calls = injection.substring(0, injection.indexOf(':'));
    List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq"));
    if (!injection.contains(":signal=")) {
      // Much faster, but then strace 6.1 sends no signals, and does not say so.
      command.add("--seccomp-bpf");
    }
    command.addAll(
        List.of("-o", trace.toString(), "-e", "trace=" + calls, "-e", "inject=" + injection));
    command.addAll(only(files));
    return command;
  }

  private static List<String> only(List<Path> files) {
    List<String> options = new ArrayList<>();
    for (Path file : files) {
      options.add("-P");
      options.add(file.toString());
    }
    return options;
  }

  private static void requireStrace() throws IOException, InterruptedException {
    Commands.require("strace", "-f", "-qq", "-o", "/dev/null", "true");
  }
}
