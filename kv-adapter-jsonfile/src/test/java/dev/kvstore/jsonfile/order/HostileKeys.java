package dev.kvstore.jsonfile.order;

import dev.kvstore.core.model.Key;
import java.util.List;
import java.util.SplittableRandom;

/** Draws keys that are hard to sort: prefixes of each other, equal for many bytes, as long as can be, of all lengths in UTF-8. */
final class HostileKeys {

  /** In the order of UTF-8; in UTF-16 the last one would come before the one before it. */
  private static final List<String> CHARACTERS = List.of(
      " ",
      "!",
      "a",
      "b",
      "~",
      "\u00a0",
      "\u00e9",
      "\u07ff",
      "\u0800",
      "\ud7ff",
      "\uffff",
      "\ud83d\ude00");

  private final SplittableRandom random;
  private final int stems;

  /** With more {@code stems}, more different keys. */
  HostileKeys(SplittableRandom random, int stems) {
    this.random = random;
    this.stems = stems;
  }

  Key next() {
    StringBuilder text = new StringBuilder();
    String filler = CHARACTERS.get(random.nextInt(CHARACTERS.size()));
    text.append(filler.repeat(random.nextInt(30)));
    if (random.nextBoolean()) {
      text.append(random.nextInt(stems));
    }
    text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())).repeat(1 + random.nextInt(2)));
    int length = Math.min(Key.MAX_CODE_POINTS, text.codePointCount(0, text.length()));
    return Key.of(text.substring(0, text.offsetByCodePoints(0, length)));
  }
}
