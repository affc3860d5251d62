package dev.kvstore.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies in a folder, to see whether anything has changed. */
final class Contents {

  private Contents() {}

  /** Everything below {@code folder} with its bytes, but for the locks, which tell who has been there. */
  static Map<String, String> of(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths
          .filter(path -> !path.equals(folder) && !path.toString().endsWith(".lock"))
          .toList()) {
        contents.put(
            path.toString(),
            Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                : "");
      }
    }
    return contents;
  }
}
