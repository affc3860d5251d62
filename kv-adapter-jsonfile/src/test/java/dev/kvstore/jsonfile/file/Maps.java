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
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps));
    return Files.readString(maps).contains(file.toRealPath().toString());
  }
}
