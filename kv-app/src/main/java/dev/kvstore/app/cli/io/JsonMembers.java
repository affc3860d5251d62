package dev.kvstore.app.cli.io;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.json.JsonCompactor;
import dev.kvstore.core.json.JsonType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes a JSON object apart into its members and leaves the text of each to the letter. It walks over text that the core has
 * found valid and made compact, so it only looks for where strings and containers end.
 */
public final class JsonMembers {

  private final byte[] compact;
  private int position = 1;

  private JsonMembers(byte[] compact) {
    this.compact = compact;
  }

  /**
   * The members of an object: their names, without escapes, and the JSON text of their values, in their order.
   *
   * @param text a JSON text in UTF-8
   * @throws InvalidInputException INVALID_VALUE if it is no JSON, no object, or has a name twice
   */
  public static Map<String, byte[]> of(byte[] text) {
    // The text bounds its own depth and length.
    byte[] compact = JsonCompactor.compact(text, text.length, text.length);
    JsonType type = JsonType.of(compact);
    if (type != JsonType.OBJECT) {
      throw InvalidInputException.value(
          "there is " + type.phrase() + " where an object belongs", Map.of());
    }
    return new JsonMembers(compact).members();
  }

  /**
   * The text that a JSON string stands for; an escape of half a surrogate pair gives that half.
   *
   * @param json valid JSON; a string
   */
  public static String unquote(byte[] json) {
    String text = new String(json, 1, json.length - 2, StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = text.charAt(++i);
      switch (escape) {
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          out.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
          i += 4;
        }
        default -> out.append(escape);
      }
    }
    return out.toString();
  }

  private Map<String, byte[]> members() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    while (compact[position] != '}') {
      String name = unquote(take());
      position++;
      if (members.put(name, take()) != null) {
        throw InvalidInputException.value(
            "the member " + Printable.quote(name) + " occurs twice", Map.of("member", name));
      }
      if (compact[position] == ',') {
        position++;
      }
    }
    return members;
  }

  /** The JSON text that begins here, up to the colon, comma or brace after it. */
  private byte[] take() {
    int start = position;
    int depth = 0;
    while (depth > 0 || !isEnd(compact[position])) {
      byte b = compact[position];
      if (b == '"') {
        skipString();
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
      position++;
    }
    return Arrays.copyOfRange(compact, start, position);
  }

  private void skipString() {
    position++;
    while (compact[position] != '"') {
      position += compact[position] == '\\' ? 2 : 1;
    }
  }

  private static boolean isEnd(byte b) {
    return b == ':' || b == ',' || b == '}';
  }
}
