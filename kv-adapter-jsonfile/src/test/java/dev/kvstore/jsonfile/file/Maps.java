package dev.kvstore.jsonfile.file;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system says is mapped. */
final class Maps {

  private Maps() {}

  /** Whether this process has a part of a file mapped; ends the test where the system does not tell. */
  static boolean show(Path file) throws IOException {
    return all().contains(file.toRealPath().toString());
  }

  /** Whether this process has memory of that length that was allocated as {@link Scratch}; ends the test likewise. */
  static boolean showScratch(int length) throws IOException {
    return all().lines().filter(line -> line.contains(".scratch")).anyMatch(line -> {
      String[] range = line.substring(0, line.indexOf(' ')).split("-", -1);
      return Long.parseUnsignedLong(range[1], 16) - Long.parseUnsignedLong(range[0], 16) == length;
    });
  }

  private static String all() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps));
    return Files.readString(maps);
  }
}
