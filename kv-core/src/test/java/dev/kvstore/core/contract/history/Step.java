package dev.kvstore.core.contract.history;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an operation saw of one key and did to it. Values are numbers from 1 on, and no two writes store the same.
 *
 * @param key the place of the key in {@link #KEYS}
 * @param expected the value that must be there, or {@link #ABSENT}, {@link #PRESENT}, {@link #ANY}
 * @param stored the value that is there afterwards, or {@link #ABSENT}, or {@link #SAME}
 */
record Step(int key, long expected, long stored) {

  /** Few, so that threads get in each other's way. */
  static final List<Key> KEYS = List.of(Key.of("a"), Key.of("b"), Key.of("c"), Key.of("d"));

  /** No entry. */
  static final long ABSENT = 0;

  /** An entry, of whichever value. */
  static final long PRESENT = -1;

  /** Nothing is known. */
  static final long ANY = -2;

  /** Nothing changes. */
  static final long SAME = -3;

  /** A look that changes nothing. */
  static Step look(int key, long expected) {
    return new Step(key, expected, SAME);
  }

  /** A look that found this. */
  static Step look(int key, Optional<Entry> found) {
    return look(key, found.map(Step::number).orElse(ABSENT));
  }

  /** Takes the step, if {@code state} is what it saw; false if it is not. */
  boolean take(long[] state) {
    boolean fits =
        expected == ANY || (expected == PRESENT ? state[key] > 0 : state[key] == expected);
    if (fits && stored != SAME) {
      state[key] = stored;
    }
    return fits;
  }

  /** The value that stands for a number. Some are long, so that files grow and are compacted. */
  static JsonValue value(long number) {
    return JsonValue.parse(
        "{\"n\":" + number + ",\"p\":\"" + "x".repeat((int) (number * 37 % 400)) + "\"}");
  }

  /** The number that the value of {@code entry} stands for. */
  static long number(Entry entry) {
    String text = entry.value().text();
    return Long.parseLong(text.substring("{\"n\":".length(), text.indexOf(',')));
  }

  /** Steps as text of one line, for {@link #parse}. */
  static String text(List<Step> steps) {
    return steps.stream()
        .map(step -> step.key() + ":" + step.expected() + ":" + step.stored())
        .collect(Collectors.joining(" "));
  }

  static List<Step> parse(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(" ", -1)).map(Step::one).toList();
  }

  private static Step one(String text) {
    String[] parts = text.split(":", -1);
    return new Step(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }
}
