package dev.kvstore.jsonfile.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The tool that shows a process's system calls. */
final class Strace {

  private Strace() {}

  /** What to put before a command, so that its calls of these names are written to a file; ends the test where it cannot be used. */
  static List<String> writing(Path trace, String calls) throws InterruptedException {
    try {
      int result = new ProcessBuilder("strace", "-f", "-qq", "-o", "/dev/null", "true")
          .start()
          .waitFor();
      Assumptions.assumeTrue(result == 0, "strace may not trace here");
    } catch (IOException e) {
      Assumptions.abort("there is no strace");
    }
    return List.of(
        "strace", "-f", "-qq", "-y", "-s", "80", "-o", trace.toString(), "-e", "trace=" + calls);
  }
}
