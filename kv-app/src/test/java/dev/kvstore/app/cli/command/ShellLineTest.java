package dev.kvstore.app.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellLineTest {

  @Test
  void aTextOfSeveralLinesIsOneCommandALineUnlessOneGoesOn() {
    List<ShellLine> commands =
        ShellLine.commands("delete a1\nread b1 \\\nb2\n\nput k {\n\n}\nlist 'x");
    assertFalse(commands.get(4).isComplete());
    commands.get(4).add("y'");
    assertEquals(
        List.of(
            List.of("delete", "a1"),
            List.of("read", "b1", "b2"),
            List.of(),
            List.of("put", "k", "{\n\n}"),
            List.of("list", "x\ny")),
        commands.stream().map(ShellLine::words).toList());
    assertEquals(1, ShellLine.commands("").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "it's",
        "a b",
        "#1",
        "a#1",
        "\"",
        "'",
        "\\",
        "a\\b ",
        "{u}",
        "[x",
        "\t#",
        "a\u3000b",
        "\u2028",
        "\uD83D\uDE00",
        "$x`y`"
      })
  void anEscapedWordIsThatWord(String word) {
    for (String begun : List.of("read ", "delete x ", "exists 'a'")) {
      ShellLine line = new ShellLine();
      line.add(begun + ShellLine.escape(word) + " y");
      List<String> words = line.words();
      String last = words.get(words.size() - 2);
      assertEquals(begun.endsWith("'") ? "a" + word : word, last);
      assertEquals("y", words.get(words.size() - 1));
    }
  }
}
