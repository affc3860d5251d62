package dev.kvstore.jsonfile.log;

/**
 * Up to eight bytes of text in one number, as a little-endian machine loads them.
 *
 * @param bits the text; the rest is zeros
 * @param mask which bits belong to it
 * @param length how many bytes it has
 */
record Word(long bits, long mask, int length) {

  static final Word SEQ = of("{\"seq\":");
  static final Word PREV = of("\"prev\":");
  static final Word LAG = of("\"lag\":");
  static final Word PART = of("\"part\":");
  static final Word OF = of("\"of\":");
  static final Word AT = of("\"at\":");
  static final Word PUT = of("\"put\":");
  static final Word EXP = of("\"exp\":");
  static final Word VALUE = of("\"value\":");
  static final Word CRC_START = of(LogFormat.CRC_START);
  static final Word CRC_END = of(LogFormat.CRC_END);

  private static Word of(String ascii) {
    long bits = 0;
    for (int i = 0; i < ascii.length(); i++) {
      bits |= (long) ascii.charAt(i) << (Byte.SIZE * i);
    }
    return new Word(bits, -1L >>> (Long.SIZE - Byte.SIZE * ascii.length()), ascii.length());
  }

  /** Whether the eight bytes in {@code loaded} begin with this text. */
  boolean begins(long loaded) {
    return (loaded & mask) == bits;
  }

  /** The eight lower-case hexadecimal digits of {@code number}. */
  static long hex(int number) {
    // One nibble in each byte, the highest first.
    long nibbles = Integer.toUnsignedLong(Integer.reverseBytes(number));
    nibbles = (nibbles | nibbles << 16) & 0x0000_ffff_0000_ffffL;
    nibbles = (nibbles | nibbles << 8) & 0x00ff_00ff_00ff_00ffL;
    nibbles = (nibbles >>> 4 | nibbles << 8) & 0x0f0f_0f0f_0f0f_0f0fL;
    long letters = ((nibbles + 0x0606_0606_0606_0606L) >>> 4) & 0x0101_0101_0101_0101L;
    return nibbles + 0x3030_3030_3030_3030L + letters * ('a' - '0' - 10);
  }

  /** How many of the eight bytes in {@code loaded} are digits, counted from the first on until one is not. */
  static int leadingDigits(long loaded) {
    long values = loaded ^ 0x3030_3030_3030_3030L;
    // A byte over 9 sets its own high bit. A carry of it touches later bytes alone.
    long others = ((values + 0x7676_7676_7676_7676L) | values) & 0x8080_8080_8080_8080L;
    return Long.numberOfTrailingZeros(others) / Byte.SIZE;
  }

  /** The number that the first {@code count} bytes in {@code loaded} read, which are 1 to 8 digits. */
  static long decimal(long loaded, int count) {
    long values = (loaded ^ 0x3030_3030_3030_3030L) << (Long.SIZE - Byte.SIZE * count);
    long pairs = values * 10 + (values >>> 8);
    return ((pairs & 0x0000_00ff_0000_00ffL) * (100L + (1_000_000L << 32))
            + (pairs >>> 16 & 0x0000_00ff_0000_00ffL) * (1L + (10_000L << 32)))
        >>> 32;
  }

  /** Where in the eight bytes in {@code loaded} the first {@code wanted} stands; 8 if nowhere. */
  static int indexOf(byte wanted, long loaded) {
    long difference = loaded ^ (0x0101_0101_0101_0101L * wanted);
    long zeros = (difference - 0x0101_0101_0101_0101L) & ~difference & 0x8080_8080_8080_8080L;
    return Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
  }
}
