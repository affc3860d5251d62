package dev.kvstore.files.trial;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What each thread of a process writes that will be killed: the i-th operation is known from its number alone. */
final class KillLoad {

  /** How many threads write, each to keys of its own. */
  static final int THREADS = 4;

  private KillLoad() {}

  /** The operation number {@code i}, from 1, of a thread. */
  static List<Mutation> operation(int thread, int i) {
    Key key = Key.of(thread + "-" + i % 7);
    return switch (i % 4) {
      case 0 -> List.of(new Mutation(key, Expectation.ANY, Effect.REMOVE));
      case 1 -> List.of(put(thread + "-left", i), put(thread + "-right", i));
      default -> List.of(put(key.text(), i));
    };
  }

  /** Takes a line into account by which a thread tells the number of an operation that is done. The last line may be cut. */
  static void note(String line, int[] last) {
    if (line != null && line.matches("\\d \\d+")) {
      int thread = line.charAt(0) - '0';
      last[thread] = Math.max(last[thread], Integer.parseInt(line.substring(2)));
    }
  }

  /**
   * How many operations of a thread {@code entries} holds, which must be of a number from {@code least} to {@code most}: all up to
   * there and none after.
   */
  static int held(Map<String, String> entries, int thread, int least, int most, String where) {
    Map<String, String> own = entries.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(thread + "-"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    int held = most;
    while (held > least && !own.equals(after(thread, held))) {
      held--;
    }
    Map<String, String> expected = after(thread, held);
    assertTrue(
        own.equals(expected),
        () -> where + ": thread " + thread + " has made " + least + " to " + most
            + " operations, and none of these has left " + own);
    return held;
  }

  /** What a thread's keys hold after its operations up to {@code last}. */
  private static Map<String, String> after(int thread, int last) {
    Map<String, String> entries = new TreeMap<>();
    for (int i = 1; i <= last; i++) {
      for (Mutation mutation : operation(thread, i)) {
        if (mutation.effect() instanceof Effect.SetEntry set) {
          entries.put(mutation.key().text(), set.value().text());
        } else {
          entries.remove(mutation.key().text());
        }
      }
    }
    return entries;
  }

  private static Mutation put(String key, int i) {
    String value = "{\"i\":" + i + ",\"p\":\"" + "y".repeat(i * 37 % 900) + "\"}";
    return Mutation.put(Key.of(key), JsonValue.parse(value), Entry.NEVER);
  }
}
