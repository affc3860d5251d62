package dev.kvstore.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of Microsoft's description of how arguments are parsed, and what users of kv type. */
class WindowsCommandLineTest {

  private static void splits(String line, String... arguments) {
    assertEquals(List.of(arguments), WindowsCommandLine.split(line), line);
  }

  @Test
  void quotesAndBackslashes() {
    splits("\"abc\" d e", "abc", "d", "e");
    splits("a\\\\b d\"e f\"g h", "a\\\\b", "de fg", "h");
    splits("a\\\"b c d", "a\"b", "c", "d");
    splits("a\\\\\\\\\"b c\" d e", "a\\\\b c", "d", "e");
    splits("a\"b\"\" c d", "ab\" c d");
    splits("C:\\dir\\ x\\", "C:\\dir\\", "x\\");
  }

  @Test
  void blanksPartAndEmptyArgumentsCount() {
    splits("");
    splits(" \t ");
    splits("  create\tk   {} ", "create", "k", "{}");
    splits("create \"\" {}", "create", "", "{}");
    splits("a \"open", "a", "open");
  }

  @Test
  void valuesAndKeysOfEveryScript() {
    splits(
        "create \u65e5\u672c \"{\\\"n\\\": [1, 2]}\" --ttl 5",
        "create",
        "\u65e5\u672c",
        "{\"n\": [1, 2]}",
        "--ttl",
        "5");
    splits("put k \"{\"\"s\"\": \"\"a b\"\"}\"", "put", "k", "{\"s\": \"a b\"}");
    splits("list * ?", "list", "*", "?");
  }
}
