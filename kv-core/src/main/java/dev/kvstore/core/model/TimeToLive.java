package dev.kvstore.core.model;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import java.util.Map;

/**
 * How long an entry lives from the moment it is stored: a whole number of seconds from 1, or without end. The entry is gone
 * the instant the clock reaches that moment plus the time to live. Immutable.
 */
public final class TimeToLive {

  /** The last instant at which an entry may expire, in milliseconds since 1970: the end of the year 9999. */
  public static final long MAX_EXPIRY_MILLIS = 253_402_300_799_999L;

  private static final long MILLIS = 1_000L;
  private static final String AT_LEAST_ONE = "must be at least 1 second";
  private static final String END_BEFORE_10000 = "must end before the year 10000";
  private static final TimeToLive UNLIMITED = new TimeToLive(0);

  private final long seconds;

  private TimeToLive(long seconds) {
    this.seconds = seconds;
  }

  /** No time to live: the entry stays until it is deleted. */
  public static TimeToLive unlimited() {
    return UNLIMITED;
  }

  /**
   * A time to live of {@code seconds}.
   *
   * @throws InvalidInputException INVALID_TTL if it is less than 1, or would end after the year 9999 even if it began in
   *     1970
   */
  public static TimeToLive ofSeconds(long seconds) {
    if (seconds < 1) {
      throw invalid(seconds, AT_LEAST_ONE);
    }
    if (seconds > MAX_EXPIRY_MILLIS / MILLIS) {
      throw invalid(seconds, END_BEFORE_10000);
    }
    return new TimeToLive(seconds);
  }

  /**
   * A time to live from text.
   *
   * @param text decimal digits 0 to 9 and nothing else, no plus sign either; zeros may lead
   * @throws InvalidInputException INVALID_TTL if it is no whole number of seconds from 1, or too large
   */
  public static TimeToLive parse(String text) {
    if (!text.matches("-?[0-9]+")) {
      throw invalid(text, "must be a whole number of seconds from 1");
    }
    try {
      return ofSeconds(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw invalid(text, text.startsWith("-") ? AT_LEAST_ONE : END_BEFORE_10000);
    }
  }

  /**
   * What is left at {@code nowMillis} of a live entry that expires at {@code expiresAtMillis}, rounded up to whole seconds;
   * unlimited if that is {@link Entry#NEVER}.
   */
  public static TimeToLive remaining(long expiresAtMillis, long nowMillis) {
    return expiresAtMillis == Entry.NEVER
        ? UNLIMITED
        : new TimeToLive((expiresAtMillis - nowMillis + MILLIS - 1) / MILLIS);
  }

  /** Whether there is no end. */
  public boolean isUnlimited() {
    return seconds == 0;
  }

  /** The seconds; 0 if {@link #isUnlimited()}. */
  public long seconds() {
    return seconds;
  }

  /**
   * When an entry stored at {@code nowMillis} expires, in milliseconds since 1970; {@link Entry#NEVER} if unlimited.
   *
   * @throws InvalidInputException INVALID_TTL if that lies after the year 9999
   */
  public long expiryFrom(long nowMillis) {
    if (isUnlimited()) {
      return Entry.NEVER;
    }
    // Neither side can overflow: seconds are bound by the constructor.
    if (nowMillis > MAX_EXPIRY_MILLIS - seconds * MILLIS) {
      throw invalid(seconds, END_BEFORE_10000);
    }
    return nowMillis + seconds * MILLIS;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeToLive ttl && seconds == ttl.seconds;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(seconds);
  }

  @Override
  public String toString() {
    return isUnlimited() ? "unlimited" : seconds + " s";
  }

  private static InvalidInputException invalid(long seconds, String rule) {
    return invalid(Long.toString(seconds), Long.toString(seconds), rule);
  }

  private static InvalidInputException invalid(String given, String rule) {
    return invalid(given, Printable.quote(given), rule);
  }

  private static InvalidInputException invalid(String given, String shown, String rule) {
    return InvalidInputException.timeToLive(
        "the time to live is " + shown + "; it " + rule
            + ". Give whole seconds, or none for an entry that stays",
        Map.of("actual", given));
  }
}
