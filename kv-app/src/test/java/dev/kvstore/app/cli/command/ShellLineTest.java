package dev.kvstore.app.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

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
}
