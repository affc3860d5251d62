package dev.kvstore.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeToLiveTest {

  private static final long END_OF_9999 =
      Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
  private static final long MAX_SECONDS = 253_402_300_799L;
  private static final long NOW = 1_700_000_000_123L;

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "60,60",
    "007,7",
    "253402300799,253402300799",
    "00000000000000000000000000001,1"
  })
  void wholeSecondsFrom1AreRead(String text, long seconds) {
    assertEquals(seconds, TimeToLive.parse(text).seconds());
    assertEquals(TimeToLive.ofSeconds(seconds), TimeToLive.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "00",
        "-0",
        "-1",
        "-9223372036854775808",
        "-9223372036854775809",
        "-99999999999999999999999"
      })
  void lessThanASecondIsRefused(String text) {
    assertTrue(
        refusal(() -> TimeToLive.parse(text)).getMessage().contains("must be at least 1 second"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " 5",
        "5 ",
        "+5",
        "1.5",
        "1.0",
        "1,5",
        "1e3",
        "0x10",
        "5s",
        "1_000",
        "--5",
        "-",
        "+",
        "null",
        "NaN",
        "\u0665",
        "\uff15",
        "5\n",
        "5\u0000",
        "\u001b[31m5",
        "\u22125"
      })
  void whatIsNoWholeNumberInDigitsIsRefused(String text) {
    InvalidInputException refusal = refusal(() -> TimeToLive.parse(text));
    String message = refusal.getMessage();
    assertTrue(
        message.startsWith(
            "the time to live is " + Printable.quote(text) + "; it must be a whole number"),
        message);
    assertEquals(text, refusal.details().get("actual"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "253402300800",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        "99999999999999999999999999"
      })
  void whatEndsAfterTheYear9999IsRefused(String text) {
    String message = refusal(() -> TimeToLive.parse(text)).getMessage();
    assertTrue(message.contains(text) && message.contains("before the year 10000"), message);
  }

  @Test
  void aMegabyteOfDigitsGetsAShortMessage() {
    for (String text :
        new String[] {"9".repeat(1 << 20), "-" + "9".repeat(1 << 20), "9".repeat(1 << 20) + "x"}) {
      String message = refusal(() -> TimeToLive.parse(text)).getMessage();
      assertTrue(message.length() < 500, message);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, MAX_SECONDS + 1, Long.MAX_VALUE})
  void numbersObeyTheSameRule(long seconds) {
    InvalidInputException refusal = refusal(() -> TimeToLive.ofSeconds(seconds));
    assertTrue(refusal.getMessage().contains(Long.toString(seconds)), refusal.getMessage());
    assertEquals(Long.toString(seconds), refusal.details().get("actual"));
  }

  @Test
  void expiryIsNowPlusTheSecondsInMilliseconds() {
    assertEquals(NOW + 1_000, TimeToLive.ofSeconds(1).expiryFrom(NOW));
    assertEquals(NOW + 86_400_000, TimeToLive.ofSeconds(86_400).expiryFrom(NOW));
    assertEquals(-5_000, TimeToLive.ofSeconds(5).expiryFrom(-10_000));
    assertEquals(Entry.NEVER, TimeToLive.unlimited().expiryFrom(NOW));
    assertEquals(Entry.NEVER, TimeToLive.unlimited().expiryFrom(Long.MAX_VALUE));
  }

  @Test
  void theLastExpiryIsTheEndOf9999() {
    assertEquals(END_OF_9999, TimeToLive.MAX_EXPIRY_MILLIS);
    assertEquals(END_OF_9999, TimeToLive.ofSeconds(10).expiryFrom(END_OF_9999 - 10_000));
    refusal(() -> TimeToLive.ofSeconds(10).expiryFrom(END_OF_9999 - 9_999));
    assertEquals(END_OF_9999, TimeToLive.ofSeconds(MAX_SECONDS).expiryFrom(999));
    refusal(() -> TimeToLive.ofSeconds(MAX_SECONDS).expiryFrom(1_000));
    refusal(() -> TimeToLive.ofSeconds(1).expiryFrom(Long.MAX_VALUE));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "999,1", "1000,1", "1001,2", "1999,2", "2000,2", "2001,3"})
  void whatRemainsIsRoundedUp(long millisLeft, long seconds) {
    assertEquals(TimeToLive.ofSeconds(seconds), TimeToLive.remaining(NOW + millisLeft, NOW));
  }

  @Test
  void whatRemainsRightAfterStoringIsAllOfIt() {
    for (long seconds : new long[] {1, 59, 1_000_000}) {
      TimeToLive all = TimeToLive.ofSeconds(seconds);
      assertEquals(all, TimeToLive.remaining(all.expiryFrom(NOW), NOW));
    }
    assertTrue(TimeToLive.remaining(Entry.NEVER, NOW).isUnlimited());
  }

  @Test
  void unlimitedIsLikeNoOther() {
    assertTrue(TimeToLive.unlimited().isUnlimited());
    assertEquals(0, TimeToLive.unlimited().seconds());
    assertEquals("unlimited", TimeToLive.unlimited().toString());
    assertFalse(TimeToLive.ofSeconds(1).isUnlimited());
    assertNotEquals(TimeToLive.unlimited(), TimeToLive.ofSeconds(1));
    assertEquals("1 s", TimeToLive.ofSeconds(1).toString());
    assertEquals(TimeToLive.ofSeconds(9).hashCode(), TimeToLive.parse("9").hashCode());
  }

  private static InvalidInputException refusal(Executable call) {
    InvalidInputException refusal = assertThrows(InvalidInputException.class, call);
    assertEquals(ErrorCode.INVALID_TTL, refusal.code());
    assertFalse(
        refusal.getMessage().codePoints().anyMatch(Printable::isHarmful), refusal.getMessage());
    return refusal;
  }
}
