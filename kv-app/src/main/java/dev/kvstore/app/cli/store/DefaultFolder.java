package dev.kvstore.app.cli.store;

import dev.kvstore.core.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the default store lies: in the folder that the system has for a program's data. Without a home directory there is
 * none, and that is an error: a temporary folder would lose the store.
 */
final class DefaultFolder {

  private static final String NAME = "kv";

  private DefaultFolder() {}

  /**
   * The folder, which need not be there.
   *
   * @param environment the environment variables
   * @param system the name of the operating system
   * @throws InvalidInputException INVALID_LOCATION if the environment does not tell it
   */
  static String of(Map<String, String> environment, String system) {
    if (system.startsWith("Windows")) {
      return required(environment, "LOCALAPPDATA") + "\\" + NAME;
    }
    if (system.startsWith("Mac")) {
      return absoluteHome(environment) + "/Library/Application Support/" + NAME;
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    // The XDG specification: a relative path there is invalid and ignored, an empty one is as none.
    if (Path.of(data).isAbsolute()) {
      return data + "/" + NAME;
    }
    return absoluteHome(environment) + "/.local/share/" + NAME;
  }

  private static String absoluteHome(Map<String, String> environment) {
    String home = required(environment, "HOME");
    if (!Path.of(home).isAbsolute()) {
      throw refuse("HOME is no absolute path");
    }
    return home;
  }

  private static String required(Map<String, String> environment, String variable) {
    String value = environment.getOrDefault(variable, "");
    if (value.isEmpty()) {
      throw refuse(variable + " is not set");
    }
    return value;
  }

  private static InvalidInputException refuse(String fault) {
    return InvalidInputException.location(
        "there is no place for the default store: " + fault
            + "; name a store with --store or KV_STORE",
        Map.of());
  }
}
