package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.Printable;
import java.util.ArrayList;
import java.util.List;

/** Every way to break a rule, as the command lines that do it. */
final class Violations {

  /**
   * A command line that must be refused.
   *
   * @param words the command line
   * @param input the standard input
   * @param status the exit status
   * @param code the error code
   * @param figures what the message must say: limits and actual figures
   */
  record Violation(
      List<String> words, String input, int status, String code, List<String> figures) {

    /** Runs it, and asserts that it is refused with one line that says why. */
    void isRefusedBy(Program kv) {
      String error = kv.runWithInput(input, words.toArray(new String[0])).fails(status);
      assertTrue(error.startsWith("kv: " + code + ": "), error);
      for (String figure : figures) {
        assertTrue(error.contains(figure), () -> error + " lacks " + figure);
      }
    }

    @Override
    public String toString() {
      return Printable.quote(String.join(" ", words) + " < " + input);
    }
  }

  private record Bad(String text, List<String> figures) {}

  private static Bad bad(String text, String... figures) {
    return new Bad(text, List.of(figures));
  }

  private static final List<Bad> KEYS = List.of(
      bad("", "1 to 32"),
      bad("x".repeat(33), "33 characters", "limit is 32"),
      bad("\uD83D\uDE00".repeat(33), "33 characters", "limit is 32"),
      bad("a\u0000b", "U+0000", "character 2"),
      bad("a\nb", "U+000A"),
      bad("\u001b[31m", "U+001B"),
      bad("\u0085", "U+0085"),
      bad("a\uD800", "U+D800"));

  private static final List<Bad> VALUES = List.of(
      bad("", "line 1, column 1"),
      bad("x", "line 1, column 1"),
      bad("{", "line 1, column 2"),
      bad("{\"a\":1,}", "line 1, column 8"),
      bad("{'a':1}", "line 1, column 2"),
      bad("{\"a\":01}", "line 1, column 7"),
      bad("{}{}", "line 1, column 3"),
      bad("\uFEFF{}", "line 1, column 1"),
      bad("{\"a\":\"\u0001\"}", "line 1, column 7"),
      bad("5", "a number"),
      bad("[]", "an array"),
      bad("null", "null"),
      bad("{\"a\":\"" + "x".repeat(16_377) + "\"}", "16385", "16384"),
      bad("{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}", "500 levels"));

  private static final List<Bad> TIMES = List.of(
      bad("0", "is 0", "at least 1"),
      bad("-1", "is -1"),
      bad("1.5", "whole number"),
      bad("1e3", "whole number"),
      bad("9223372036854775808", "9223372036854775808", "year 10000"),
      bad("253402300799", "253402300799", "year 10000"));

  private final List<Violation> all = new ArrayList<>();

  /** All of them, for a store that holds the key "old" and not the key "none". */
  static List<Violation> all() {
    Violations violations = new Violations();
    KEYS.forEach(violations::addKey);
    VALUES.forEach(violations::addValue);
    TIMES.forEach(violations::addTime);
    violations.addTimesOfArguments();
    violations.addStates();
    return violations.all;
  }

  private void addKey(Bad key) {
    for (String command : List.of("read", "delete", "exists", "ttl")) {
      add("", 5, "INVALID_KEY", key, command, key.text());
    }
    for (String command : List.of("create", "put")) {
      add("", 5, "INVALID_KEY", key, command, key.text(), "{}");
      apply(5, "INVALID_KEY", key, "{\"" + command + "\":" + json(key.text()) + ",\"value\":{}}");
    }
    add("", 5, "INVALID_KEY", key, "delete", "old", key.text());
    add("", 5, "INVALID_KEY", key, "list", "--after", key.text());
    if (!key.text().isEmpty()) {
      add("", 5, "INVALID_KEY", key, "list", key.text());
    }
    apply(5, "INVALID_KEY", key, "{\"delete\":" + json(key.text()) + "}");
  }

  private void addValue(Bad value) {
    for (String command : List.of("create", "put")) {
      add("", 5, "INVALID_VALUE", value, command, "new", value.text());
      add(value.text(), 5, "INVALID_VALUE", value, command, "new");
      add(value.text(), 5, "INVALID_VALUE", value, command, "old", "-");
      // Within a line the columns are those of the line.
      apply(
          5,
          "INVALID_VALUE",
          bad(
              value.text(),
              value.figures().get(0).startsWith("line")
                  ? "line 1, col"
                  : value.figures().get(0)),
          "{\"" + command + "\":\"new\",\"value\":" + value.text() + "}");
    }
  }

  private void addTime(Bad time) {
    for (String command : List.of("create", "put")) {
      add("", 5, "INVALID_TTL", time, command, "new", "{}", "--ttl", time.text());
      apply(
          5,
          "INVALID_TTL",
          time,
          "{\"" + command + "\":\"new\",\"value\":{},\"ttl\":" + time.text() + "}");
    }
  }

  private void addTimesOfArguments() {
    for (String text : List.of("", "x", "+", "5s", " 5", "\u0665")) {
      add("", 5, "INVALID_TTL", bad(text, "whole number"), "create", "new", "{}", "--ttl", text);
    }
  }

  private void addStates() {
    Bad old = bad("old", "\"old\"");
    Bad none = bad("none", "\"none\"");
    add("", 4, "KEY_EXISTS", old, "create", "old", "{}");
    apply(4, "KEY_EXISTS", old, "{\"create\":\"old\",\"value\":{}}");
    for (String command : List.of("read", "delete", "ttl")) {
      add("", 3, "KEY_NOT_FOUND", none, command, "none");
    }
    apply(3, "KEY_NOT_FOUND", none, "{\"delete\":\"none\"}");
    apply(5, "INVALID_VALUE", bad("", "exactly one"), "{\"read\":\"old\"}");
    add("", 2, "USAGE", none, "list", "--limit", "none");
    add("", 2, "USAGE", bad("", "a whole number from 1", "\"0\""), "list", "--limit", "0");
    add("", 2, "USAGE", none, "none");
  }

  /** The failing line comes after one that would change something. */
  private void apply(int status, String code, Bad bad, String line) {
    List<String> figures = new ArrayList<>(bad.figures());
    figures.add(": line 2: ");
    String input = "{\"put\":\"old\",\"value\":{}}\n" + line + "\n";
    all.add(new Violation(List.of("apply", "-"), input, status, code, figures));
  }

  private void add(String input, int status, String code, Bad bad, String... words) {
    all.add(new Violation(List.of(words), input, status, code, bad.figures()));
  }

  private static String json(String key) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < key.length(); i++) {
      json.append(String.format("\\u%04x", (int) key.charAt(i)));
    }
    return json.append('"').toString();
  }
}
