package dev.kvstore.app.cli.io;

import dev.kvstore.files.StoragePath;
import dev.kvstore.files.StoreLock;
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

  private static final String LOCK_SUFFIX = ".lock";
  private static final int MOST_BYTES = 64;

  private StoreFiles() {}

  /** Whether it is the lock of a store, under whatever name: to open it and close it again could give that lock up. */
  static boolean isLock(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    Path real = file.toRealPath();
    return StoreLock.isHeldHere(real)
        || (real.toString().endsWith(LOCK_SUFFIX) && isBesideStore(real));
  }

  /** Whether a file is there that begins as the data of a store does; it must be no lock. */
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
