package dev.kvstore.files;

import dev.kvstore.core.error.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who holds a lock, as the lock file tells: one line such as {@code {"pid":4711,"command":"kv create"}}.
 *
 * @param pid the process
 * @param command what it says that it runs
 */
record LockHolder(long pid, String command) {

  /** This process. */
  static LockHolder self(String command) {
    return new LockHolder(pidOfThisProcess(), command);
  }

  /** Linux tells in a link; elsewhere it is asked for in the JDK's way, which starts threads and so costs a short process dear. */
  private static long pidOfThisProcess() {
    try {
      return Long.parseLong(Files.readSymbolicLink(Path.of("/proc/self")).toString());
    } catch (IOException | NumberFormatException | UnsupportedOperationException e) {
      return ProcessHandle.current().pid();
    }
  }

  /** Reads what {@link #line} wrote; empty if it is nothing of the kind. */
  static Optional<LockHolder> parse(byte[] line) {
    // Made only here: whoever finds the lock free does not pay for it.
    Pattern pattern = Pattern.compile("\\{\"pid\":(\\d{1,18}),\"command\":\"([^\"\\\\]*)\"}\n");
    Matcher matcher = pattern.matcher(new String(line, StandardCharsets.UTF_8));
    return matcher.matches()
        ? Optional.of(new LockHolder(Long.parseLong(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }

  /** The line for the lock file; a command that would need escapes is written without the characters that do. */
  byte[] line() {
    String plain = Printable.escape(command).replace("\\", "").replace("\"", "");
    return ("{\"pid\":" + pid + ",\"command\":\"" + plain + "\"}\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Whether that process still runs, as far as the system tells. */
  boolean isAlive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** For a message. */
  String describe(String since) {
    return "process " + pid + " (" + Printable.escape(command) + ") since " + since;
  }

  /** For a program. */
  Map<String, Object> details(String since) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("pid", pid);
    details.put("command", command);
    details.put("since", since);
    return details;
  }
}
