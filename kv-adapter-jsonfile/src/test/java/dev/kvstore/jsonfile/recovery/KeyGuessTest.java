package dev.kvstore.jsonfile.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.model.Key;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyGuessTest {

  private static Optional<String> guess(String text) {
    return KeyGuess.in(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsTheKeyOfWhatWasAPutOrADelete() {
    assertEquals(Optional.of("user:7"), guess("{\"seq\":1,\"at\":2,\"put\":\"user:7\",\"val"));
    assertEquals(Optional.of("user:7"), guess("garbage\"delete\":\"user:7\",\"crc\""));
    assertEquals(Optional.of("k"), guess("\"put\":\"k\""));
  }

  @Test
  void undoesEscapes() {
    assertEquals(Optional.of("a\"b\\"), guess("\"put\":\"a\\\"b\\\\\",\"value\":{}"));
    assertEquals(Optional.of("\u00e9\ud83d\ude00"), guess("\"put\":\"\u00e9\ud83d\ude00\","));
  }

  @Test
  void namesNoneWhereNoneCanBeRead() {
    assertEquals(Optional.empty(), guess("{\"seq\":1,\"at\":2,\"mark\":\"closed\"}"));
    assertEquals(Optional.empty(), guess("\"put\":\"cut"));
    assertEquals(Optional.empty(), guess("\"put\":\""));
    assertEquals(Optional.empty(), guess("\"put\":\"cut\\"));
    assertEquals(Optional.empty(), guess(""));
  }

  @Test
  void namesNoneThatTheStoreWouldNotTake() {
    assertEquals(Optional.empty(), guess("\"put\":\"\""));
    assertEquals(Optional.empty(), guess("\"put\":\"a\u0007b\""));
    String longest = "\ud83d\ude00".repeat(Key.MAX_CODE_POINTS);
    assertEquals(Optional.of(longest), guess("\"put\":\"" + longest + "\","));
    assertEquals(Optional.empty(), guess("\"put\":\"" + longest + "x\","));
  }
}
