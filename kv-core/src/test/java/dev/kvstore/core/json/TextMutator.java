package dev.kvstore.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Makes texts that are JSON or nearly so: good ones with a few bytes flipped, put in, cut out, doubled or spliced. */
final class TextMutator {

  private static final byte[] TELLING =
      "{}[]\",:\\/ \t\n\r-+.eE0123456789truefalsn\u0000\u001f\u007f'u#"
          .getBytes(StandardCharsets.UTF_8);
  private static final int[] HIGH = {
    0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff
  };
  private static final int DEEP_ONE_IN = 500;

  private final Random random;
  private final JsonTexts texts;

  TextMutator(Random random) {
    this.random = random;
    this.texts = new JsonTexts(random);
  }

  byte[] next() {
    byte[] text = good();
    for (int i = random.nextInt(4); i > 0; i--) {
      text = mutate(text);
    }
    return text;
  }

  private byte[] good() {
    if (random.nextInt(DEEP_ONE_IN) == 0) {
      int depth = 498 + random.nextInt(5);
      return ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8);
    }
    return texts.pretty(texts.tokens()).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] mutate(byte[] text) {
    int from = random.nextInt(text.length + 1);
    int to = Math.min(text.length, from + 1 + random.nextInt(4));
    switch (random.nextInt(6)) {
      case 0 -> {
        byte[] flipped = text.clone();
        if (from < text.length) {
          flipped[from] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
      }
      case 1 -> {
        return splice(text, from, new byte[] {telling()}, from);
      }
      case 2 -> {
        return splice(text, from, new byte[] {telling()}, to);
      }
      case 3 -> {
        return splice(text, from, new byte[0], to);
      }
      case 4 -> {
        return splice(text, to, Arrays.copyOfRange(text, from, to), to);
      }
      default -> {
        byte[] other = good();
        int start = random.nextInt(other.length + 1);
        return splice(text, from, Arrays.copyOfRange(other, start, other.length), text.length);
      }
    }
  }

  private byte telling() {
    return random.nextInt(8) == 0
        ? (byte) HIGH[random.nextInt(HIGH.length)]
        : TELLING[random.nextInt(TELLING.length)];
  }

  /** The bytes before {@code from}, those put in, and the bytes from {@code to} on. */
  private static byte[] splice(byte[] text, int from, byte[] put, int to) {
    byte[] out = Arrays.copyOf(text, from + put.length + text.length - to);
    System.arraycopy(put, 0, out, from, put.length);
    System.arraycopy(text, to, out, from + put.length, text.length - to);
    return out;
  }
}
