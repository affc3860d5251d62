package dev.kvstore.app.cli.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which files are those of stores, so that no command takes them for something else. */
final class StoreFiles {

  /** How data files begin: of the text file, and of H2. */
  private static final List<String> BEGINNINGS = List.of("{\"format\":\"kv-jsonfile\"", "H:2,");

  private static final List<String> BESIDE =
      List.of(".lock", ".index", ".index.tmp", ".compact", ".rewrite");

  private static final int MOST_BYTES = 64;

  private StoreFiles() {}

  /** Whether a file is there that begins as the data of a store does. */
  static boolean isStore(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
      return BEGINNINGS.stream().anyMatch(start::startsWith);
    }
  }

  /** Whether its name is that of a file which the store beside it has, or may make. */
  static boolean isBesideStore(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    for (String suffix : BESIDE) {
      if (name.endsWith(suffix)
          && isStore(file.resolveSibling(name.substring(0, name.length() - suffix.length())))) {
        return true;
      }
    }
    return false;
  }
}
