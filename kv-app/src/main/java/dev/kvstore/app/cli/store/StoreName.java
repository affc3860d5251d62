package dev.kvstore.app.cli.store;

import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.core.error.Printable;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which store the user means.
 *
 * @param engine the name of its engine
 * @param location where it lies; meaningless if {@code isDefault}
 * @param isDefault whether it lies in the engine's default place
 */
record StoreName(String engine, String location, boolean isDefault) {

  static final String DEFAULT_ENGINE = "jsonfile";

  /** The default store. */
  static StoreName ofDefault() {
    return new StoreName(DEFAULT_ENGINE, "", true);
  }

  /**
   * Reads {@code [ENGINE:]LOCATION}. Two or more letters and digits before a colon are an engine; anything else is a path, so
   * that {@code ./a:b} and {@code C:\a} are.
   *
   * @param engines the names of the engines there are
   * @throws UsageException if there is no such engine
   */
  static StoreName parse(String text, Set<String> engines) {
    int colon = text.indexOf(':');
    if (colon < 2 || !isWord(text.substring(0, colon))) {
      return new StoreName(DEFAULT_ENGINE, text, false);
    }
    String engine = text.substring(0, colon);
    if (!engines.contains(engine)) {
      throw new UsageException("there is no engine "
          + Printable.quote(engine)
          + "; engines: "
          + String.join(", ", new TreeSet<>(engines))
          + ". For a file of that name write "
          + Printable.quote("./" + text));
    }
    String location = text.substring(colon + 1);
    return new StoreName(engine, location, location.isEmpty());
  }

  /**
   * The place that {@code text} names for a new store of {@code engine}, whose name may stand before it.
   *
   * @throws UsageException if the name of another engine does
   */
  static String target(String text, String engine, Set<String> engines) {
    StoreName named = parse(text, engines);
    if (named.location().equals(text)) {
      return text;
    }
    if (!named.engine().equals(engine)) {
      throw new UsageException("the new store is one of the engine " + engine + ", not "
          + named.engine() + "; name a file alone");
    }
    return named.location();
  }

  private static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isLetterOrDigit(text.charAt(i))) {
        return false;
      }
    }
    return Character.isLetter(text.charAt(0));
  }
}
