package dev.kvstore.app.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A command on a pseudo terminal of 80 columns, which the tool {@code script} of util-linux opens, typed to by the test. */
final class Pty implements AutoCloseable {

  /** Far longer than anything here takes: it only keeps a hang from being for ever. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);

  /** What a terminal obeys rather than shows: sequences, and the carriage returns and bells between them. */
  private static final Pattern CONTROL =
      Pattern.compile("\u001b\\[[0-9;?>=]*[ -/]*[@-~]|\u001b[=>()][0-9A-B]?|[\r\u0007]");

  private final Process process;
  private final StringBuilder raw = new StringBuilder();
  private final Thread reader;
  private int seen;

  private Pty(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "pty");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts {@code command}, in the words of a shell; the test is skipped, and says so, where no pseudo terminal can be had. */
  static Pty start(Shell shell, String command) throws Exception {
    boolean there = new ProcessBuilder("sh", "-c", "script --version").start().waitFor() == 0;
    assumeTrue(
        there, "NOT TESTED: the shell at a terminal; the tool script of util-linux is missing");
    Process process = shell
        .builder("script", "-qefc", "stty rows 24 cols 80; exec " + command, "/dev/null")
        .redirectErrorStream(true)
        .start();
    return new Pty(process);
  }

  /** Sends keys as they are; a line ends with {@code \r}. */
  void type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /**
   * Waits until {@code text} is shown behind what was waited for before.
   *
   * @return what was shown up to it
   */
  String expect(String text) throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      String shown = shown();
      int at = shown.indexOf(text, seen);
      if (at >= 0) {
        String between = shown.substring(seen, at + text.length());
        seen = at + text.length();
        return between;
      }
      if (System.nanoTime() - start > PATIENCE_NANOS || !reader.isAlive()) {
        throw new AssertionError("never shown: " + text + "\nshown: " + shown.substring(seen)
            + "\nbefore: " + shown.substring(0, seen));
      }
      Thread.sleep(20);
    }
  }

  /** Waits for the end; the exit status of the command. */
  int end() throws InterruptedException {
    int status = Shell.await(process);
    reader.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
    return status;
  }

  /** All that was shown so far, without what moves the cursor and colours. */
  private String shown() {
    synchronized (raw) {
      return CONTROL.matcher(raw).replaceAll("");
    }
  }

  private void read() {
    byte[] buffer = new byte[4_096];
    try (InputStream stream = process.getInputStream()) {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        synchronized (raw) {
          // One byte a character would do as well: what is waited for is ASCII.
          raw.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException e) {
      synchronized (raw) {
        raw.append("[reading failed: ").append(e).append(']');
      }
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
