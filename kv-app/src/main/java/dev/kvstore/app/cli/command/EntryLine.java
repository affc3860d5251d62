package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.io.JsonMembers;
import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry as one JSON object a line: {@code {"key":...,"value":...,"expiresAt":...}}. */
final class EntryLine {

  private static final String FORM =
      "; write {\"key\":KEY,\"value\":JSON}, with \"expiresAt\":\"2030-01-31T12:00:00.000Z\" if it expires";

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

  /**
   * The entry that a line brings, with version 0. Its members may stand in any order.
   *
   * @param line a JSON text in UTF-8
   * @throws InvalidInputException INVALID_VALUE if it is no such object, INVALID_KEY, or INVALID_TTL for an expiry that is no
   *     instant in whole milliseconds
   */
  static Entry parse(byte[] line) {
    Map<String, byte[]> members = JsonMembers.of(line);
    byte[] key = members.remove("key");
    byte[] value = members.remove("value");
    byte[] expiresAt = members.remove("expiresAt");
    for (String name : members.keySet()) {
      throw malformed("it has a member " + Printable.quote(name) + " that does not belong there");
    }
    if (key == null || key[0] != '"') {
      throw malformed("it has no \"key\" that is a string");
    }
    if (value == null) {
      throw malformed("it has no \"value\"");
    }
    return new Entry(
        Key.of(JsonMembers.unquote(key)), JsonValue.parse(value), expiresAtMillis(expiresAt), 0);
  }

  private static long expiresAtMillis(byte @Nullable [] json) {
    if (json == null) {
      return Entry.NEVER;
    }
    String text =
        json[0] == '"' ? JsonMembers.unquote(json) : new String(json, StandardCharsets.UTF_8);
    try {
      Instant instant = Instant.parse(text);
      if (json[0] == '"' && instant.equals(Instant.ofEpochMilli(instant.toEpochMilli()))) {
        return instant.toEpochMilli();
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Said below, together with what is no string or finer than a millisecond.
    }
    throw InvalidInputException.timeToLive(
        "\"expiresAt\" is " + Printable.quote(text)
            + "; it must be an instant of RFC 3339 in whole milliseconds, such as \"2030-01-31T12:00:00.000Z\"",
        Map.of("actual", text));
  }

  private static InvalidInputException malformed(String fault) {
    return InvalidInputException.value("this is no entry: " + fault + FORM, Map.of());
  }
}
