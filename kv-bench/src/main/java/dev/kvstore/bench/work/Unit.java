package dev.kvstore.bench.work;

/** What figures count. */
public enum Unit {
  /** Operations a second: more is better. */
  OPERATIONS_PER_SECOND("ops/s", "opsPerSecond", true),
  /** Milliseconds. */
  MILLISECONDS("ms", "milliseconds", false),
  /** Microseconds. */
  MICROSECONDS("us", "microseconds", false),
  /** Seconds. */
  SECONDS("s", "seconds", false),
  /** Bytes. */
  BYTES("bytes", "bytes", false),
  /** Bytes on the disk for each byte of keys and values. */
  BYTES_PER_USER_BYTE("bytes per user byte", "bytesPerUserByte", false),
  /** Entries. */
  ENTRIES("entries", "entriesReached", true),
  /** Forces for each create. */
  FORCES("forces per create", "forcesPerCreate", false);

  private final String text;
  private final String field;
  private final boolean moreIsBetter;

  Unit(String text, String field, boolean moreIsBetter) {
    this.text = text;
    this.field = field;
    this.moreIsBetter = moreIsBetter;
  }

  /** As tables show it. */
  public String text() {
    return text;
  }

  /** The name of the field in results.json. */
  public String field() {
    return field;
  }

  /** Whether the larger of two figures is the better one. */
  public boolean moreIsBetter() {
    return moreIsBetter;
  }
}
