package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.core.StagedChange;

/** One change of a session as a line. */
final class ChangeLine {

  private ChangeLine() {}

  /**
   * For a person: {@code +} before a new entry, {@code ~} before a replaced one, {@code -} before one that goes.
   *
   * @param there whether the store has an entry of the key
   */
  static String of(StagedChange change, boolean there) {
    String key = JsonText.quote(change.key().text());
    if (change.value().isEmpty()) {
      return "- " + key;
    }
    String left = change.timeToLive().isUnlimited() ? "" : "  " + change.timeToLive();
    return (there ? "~ " : "+ ") + key + " " + change.value().get().text() + left;
  }

  /** For a program: {@code {"change":"new","key":...,"value":...,"ttl":5}}, or replaced, or {@code {"change":"gone","key":...}}. */
  static String json(StagedChange change, boolean there) {
    String key = ",\"key\":" + JsonText.quote(change.key().text());
    if (change.value().isEmpty()) {
      return "{\"change\":\"gone\"" + key + "}";
    }
    String left = change.timeToLive().isUnlimited()
        ? ""
        : ",\"ttl\":" + change.timeToLive().seconds();
    return "{\"change\":\"" + (there ? "replaced" : "new") + "\"" + key + ",\"value\":"
        + change.value().get().text() + left + "}";
  }
}
