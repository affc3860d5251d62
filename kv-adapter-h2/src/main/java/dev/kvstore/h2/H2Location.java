package dev.kvstore.h2;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.files.StoragePath;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which file a store's name means: {@code data/app} and {@code data/app.mv.db} both mean {@code data/app.mv.db}. Refuses what
 * looks like a part of a database URL. No such name could do harm here, since H2 never sees it; but other programs that open
 * the same file by a URL would take it for a setting or another file system.
 */
final class H2Location {

  private static final String SUFFIX = ".mv.db";

  /** The schemes of H2's file systems and connections, as the beginning of a file or folder name. */
  private static final Pattern SCHEME = Pattern.compile(
      "(?i)(jdbc|h2|file|mem|tcp|ssl|http|https|nio|nioMapped|async|zip|split|retry|rec|cache|classpath|memFS|memLZ"
          + "|nioMemFS|nioMemLZ|encrypt|kvstore):.*");

  private H2Location() {}

  /**
   * The data file of the store at {@code path}.
   *
   * @throws InvalidInputException INVALID_LOCATION if an H2 store cannot have this path
   */
  static StoragePath dataFile(StoragePath path) {
    String text = path.file().toString();
    if (text.indexOf(';') >= 0) {
      throw refuse(text, "has a semicolon, which begins a setting in a database URL");
    }
    if (File.separatorChar != '\\' && text.indexOf('\\') >= 0) {
      throw refuse(text, "has a backslash, which H2 takes for a slash");
    }
    for (Path part : path.file()) {
      if (SCHEME.matcher(part.toString()).matches()) {
        throw refuse(text, "has a part that reads as the beginning of a URL");
      }
      if (part.toString().equals("~")) {
        throw refuse(text, "has a tilde that was not expanded");
      }
    }
    return text.endsWith(SUFFIX) ? path : StoragePath.of(path.sidecar(SUFFIX));
  }

  private static InvalidInputException refuse(String text, String fault) {
    return InvalidInputException.location(
        "the path " + Printable.quote(text) + " " + fault + "; choose another",
        Map.of("location", text));
  }
}
