package dev.kvstore.jsonfile.process;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each thread of a process writes that will be killed: the i-th operation is known from its number alone. */
public final class KillLoad {

  /** How many threads write, each to keys of its own. */
  public static final int THREADS = 4;

  private KillLoad() {}

  /** The operation number {@code i}, from 1, of a thread. */
  public static List<Mutation> operation(int thread, int i) {
    Key key = Key.of(thread + "-" + i % 7);
    return switch (i % 4) {
      case 0 -> List.of(new Mutation(key, Expectation.ANY, Effect.REMOVE));
      case 1 -> List.of(put(thread + "-left", i), put(thread + "-right", i));
      default -> List.of(put(key.text(), i));
    };
  }

  /** What a thread's keys hold after its operations up to {@code last}. */
  public static Map<String, String> after(int thread, int last) {
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
