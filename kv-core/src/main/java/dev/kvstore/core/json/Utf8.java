package dev.kvstore.core.json;

/** Strict UTF-8 (RFC 3629, section 4): no overlong form, no surrogate, nothing beyond U+10FFFF. */
final class Utf8 {

  private Utf8() {}

  /**
   * The length of the well-formed sequence of two to four bytes that begins at {@code at}, or 0 if there is none before
   * {@code end}.
   */
  static int sequenceLength(byte[] text, int at, int end) {
    int first = text[at] & 0xff;
    if (first >= 0xc2 && first <= 0xdf) {
      return continues(text, at + 1, end, 0x80, 0xbf) ? 2 : 0;
    }
    if (first >= 0xe0 && first <= 0xef) {
      int low = first == 0xe0 ? 0xa0 : 0x80;
      int high = first == 0xed ? 0x9f : 0xbf;
      return continues(text, at + 1, end, low, high) && continues(text, at + 2, end, 0x80, 0xbf)
          ? 3
          : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
      int low = first == 0xf0 ? 0x90 : 0x80;
      int high = first == 0xf4 ? 0x8f : 0xbf;
      return continues(text, at + 1, end, low, high)
              && continues(text, at + 2, end, 0x80, 0xbf)
              && continues(text, at + 3, end, 0x80, 0xbf)
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] text, int at, int end, int low, int high) {
    if (at >= end) {
      return false;
    }
    int next = text[at] & 0xff;
    return next >= low && next <= high;
  }
}
