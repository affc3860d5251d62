package dev.kvstore.files.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Commands of the system, also such as only the superuser may give. Where that may not be, the test is skipped and says so. */
public final class Commands {

  private Commands() {}

  /** Skips the test unless {@code command} succeeds. */
  public static void require(String... command) throws IOException, InterruptedException {
    String output;
    int status;
    try {
      Process process = start(command);
      output = output(process);
      status = process.waitFor();
    } catch (IOException e) {
      output = e.getMessage();
      status = -1;
    }
    require(
        status == 0,
        "this machine cannot do what the test needs, as root: " + String.join(" ", command) + ": "
            + output);
  }

  /**
   * Skips the test, loudly, unless it is {@code possible}.
   *
   * @param why it is not
   */
  public static void require(boolean possible, String why) {
    if (!possible) {
      System.getLogger(Commands.class.getName())
          .log(System.Logger.Level.WARNING, "SKIPPED: {0}", why);
    }
    assumeTrue(possible, why);
  }

  /** Runs a command that must succeed. */
  public static void run(String... command) throws IOException, InterruptedException {
    Process process = start(command);
    String output = output(process);
    assertEquals(0, process.waitFor(), () -> List.of(command) + ": " + output);
  }

  /** Cuts the power of the file system at {@code mount}: what was not forced is lost. */
  public static void cutPower(Path mount) throws IOException, InterruptedException {
    String shutDown = "open(my $d, '<', $ARGV[0]) or die $!;"
        + " my $flag = pack('L', 2); ioctl($d, 0x8004587d, $flag) or die $!;";
    run("perl", "-e", shutDown, mount.toString());
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
