package dev.kvstore.jsonfile;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A target for Jazzer: a whole file. Its checksums are mended first, or nothing deep would be reached; a line whose checksum
 * begins with an x stays as it is.
 */
public final class RecoveryFuzz {

  private RecoveryFuzz() {}

  /** Called by Jazzer with each input. */
  public static void fuzzerTestOneInput(byte[] file) {
    LogCapture log = LogCapture.drop();
    try {
      FuzzedFile.check(mended(file));
    } finally {
      log.close();
    }
  }

  private static byte[] mended(byte[] file) {
    List<String> lines = List.of(new String(file, StandardCharsets.ISO_8859_1).split("\n", -1));
    return String.join("\n", FuzzedFile.sealed(lines, line -> !line.contains("\"crc\":\"x")))
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
