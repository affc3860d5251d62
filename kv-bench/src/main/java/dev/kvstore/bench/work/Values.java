package dev.kvstore.bench.work;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Random;

/** The values of all works: JSON objects of an exact length, of text that does not compress well. */
public final class Values {

  private static final int VARIANTS = 64;
  private static final String START = "{\"id\":1000000,\"active\":true,\"text\":\"";
  private static final String END = "\"}";
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .";

  private final byte[][] variants = new byte[VARIANTS][];

  /** Values of {@code bytes} bytes, at least 64. */
  public Values(int bytes) {
    if (bytes < 64) {
      throw new IllegalArgumentException("a value has at least 64 bytes, not " + bytes);
    }
    Random random = new Random(bytes);
    for (int i = 0; i < VARIANTS; i++) {
      StringBuilder text = new StringBuilder(bytes).append(START);
      while (text.length() < bytes - END.length()) {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      variants[i] = text.append(END).toString().getBytes(US_ASCII);
    }
  }

  /** The value of key number {@code n}; the same array for the same variant, not to be changed. */
  public byte[] value(long n) {
    return variants[(int) (n % VARIANTS)];
  }
}
