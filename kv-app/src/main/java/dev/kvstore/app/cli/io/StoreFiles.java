package dev.kvstore.app.cli.io;

import dev.kvstore.files.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which files are those of stores, so that no command takes them for something else. */
final class StoreFiles {

  /** How data files begin: of the text file, and of H2. */
  private static final List<String> BEGINNINGS = List.of("{\"format\":\"kv-jsonfile\"", "H:2,");

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
    Optional<String> suffix = StoragePath.suffixBeside(file);
    if (suffix.isEmpty()) {
      return false;
    }
    String name = String.valueOf(file.getFileName());
    return isStore(
        file.resolveSibling(name.substring(0, name.length() - suffix.get().length())));
  }
}
