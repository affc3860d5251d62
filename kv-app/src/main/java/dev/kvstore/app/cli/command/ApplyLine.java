package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.io.JsonMembers;
import dev.kvstore.core.KeyValueOperations;
import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.TimeToLive;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One line of the input of apply: {@code {"create":KEY,"value":JSON,"ttl":SECONDS}}, the same with put, or {@code {"delete":KEY}}. */
final class ApplyLine {

  private static final String FORMS =
      "; write {\"create\":KEY,\"value\":JSON,\"ttl\":SECONDS}, the same with \"put\", or {\"delete\":KEY}";

  private final Consumer<KeyValueOperations> operation;

  private ApplyLine(Consumer<KeyValueOperations> operation) {
    this.operation = operation;
  }

  /**
   * What {@code line} says.
   *
   * @throws InvalidInputException INVALID_VALUE if the line is none of the three forms; INVALID_KEY, INVALID_VALUE or INVALID_TTL
   *     if a part of it breaks a rule
   */
  static ApplyLine parse(byte[] line) {
    Map<String, byte[]> members = JsonMembers.of(line);
    byte[] create = members.remove("create");
    byte[] put = members.remove("put");
    byte[] delete = members.remove("delete");
    if ((create == null ? 0 : 1) + (put == null ? 0 : 1) + (delete == null ? 0 : 1) != 1) {
      throw malformed("it needs exactly one of \"create\", \"put\" and \"delete\"");
    }
    if (delete != null) {
      Key key = key("delete", delete);
      requireNoMore(members);
      return new ApplyLine(entries -> entries.delete(key));
    }
    Key key = create != null ? key("create", create) : key("put", put);
    byte[] value = members.remove("value");
    byte[] seconds = members.remove("ttl");
    requireNoMore(members);
    if (value == null) {
      throw malformed("it has no \"value\"");
    }
    JsonValue parsed = JsonValue.parse(value);
    TimeToLive timeToLive = timeToLive(seconds);
    return new ApplyLine(
        create != null
            ? entries -> entries.create(key, parsed, timeToLive)
            : entries -> entries.put(key, parsed, timeToLive));
  }

  /** Does it to {@code entries}. Throws what that operation throws. */
  void applyTo(KeyValueOperations entries) {
    operation.accept(entries);
  }

  private static Key key(String member, byte @Nullable [] json) {
    if (json == null || json[0] != '"') {
      throw malformed("its " + Printable.quote(member) + " is no string");
    }
    return Key.of(JsonMembers.unquote(json));
  }

  private static TimeToLive timeToLive(byte @Nullable [] json) {
    return json == null
        ? TimeToLive.unlimited()
        : TimeToLive.parse(new String(json, StandardCharsets.UTF_8));
  }

  private static void requireNoMore(Map<String, byte[]> members) {
    for (String name : members.keySet()) {
      throw malformed("it has a member " + Printable.quote(name) + " that does not belong there");
    }
  }

  private static InvalidInputException malformed(String fault) {
    return InvalidInputException.value("this is no operation: " + fault + FORMS, Map.of());
  }
}
