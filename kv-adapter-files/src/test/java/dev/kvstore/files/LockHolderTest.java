package dev.kvstore.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockHolderTest {

  @Test
  void comesBackFromItsLine() {
    LockHolder self = LockHolder.self("kv create");
    assertEquals(Optional.of(self), LockHolder.parse(self.line()));
    assertEquals(ProcessHandle.current().pid(), self.pid());
    assertTrue(self.isAlive());
    assertFalse(new LockHolder(999_999_999_999L, "gone").isAlive());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b\\c", "\u001b[31m", "line\nfeed", "\u202eevil", ""})
  void aStrangeCommandIsPlainTextInTheFile(String command) {
    byte[] line = new LockHolder(7, command).line();
    String text = new String(line, StandardCharsets.UTF_8);
    assertEquals(text.length() - 1, text.indexOf('\n'));
    assertFalse(text.strip().codePoints().anyMatch(Character::isISOControl), text);
    assertEquals(7, LockHolder.parse(line).orElseThrow().pid());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "{}",
        "{\"pid\":7,\"command\":\"x\"}",
        "{\"pid\":-7,\"command\":\"x\"}\n",
        "{\"pid\":1234567890123456789,\"command\":\"x\"}\n",
        "{\"pid\":7,\"command\":\"x\"}\n\n"
      })
  void anythingElseTellsNothing(String line) {
    assertEquals(Optional.empty(), LockHolder.parse(line.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aMessageShowsNoControlCharacterOfAForgedFile() {
    LockHolder forged = new LockHolder(7, "\u001b[2J");
    assertFalse(forged.describe("now").codePoints().anyMatch(Character::isISOControl));
  }
}
