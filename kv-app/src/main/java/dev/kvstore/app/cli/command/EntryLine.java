package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.core.model.Entry;
import java.time.Instant;

/** An entry as one JSON object a line: {@code {"key":...,"value":...,"expiresAt":...}}. */
final class EntryLine {

  private EntryLine() {}

  /** The line of {@code entry}, without a line feed; no expiresAt if it does not expire. */
  static String of(Entry entry) {
    String line = "{\"key\":" + JsonText.quote(entry.key().text()) + ",\"value\":"
        + entry.value().text();
    return entry.expiresAtMillis() == Entry.NEVER
        ? line + "}"
        : line + ",\"expiresAt\":\"" + time(entry.expiresAtMillis()) + "\"}";
  }

  /** An instant in RFC 3339, UTC, always with milliseconds: {@code 2025-01-31T23:59:59.000Z}. */
  static String time(long millis) {
    String text = Instant.ofEpochMilli(millis).toString();
    // Instant leaves out a fraction of zero.
    return text.indexOf('.') < 0 ? text.replace("Z", ".000Z") : text;
  }
}
