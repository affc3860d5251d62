package dev.kvstore.jsonfile.process;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sessions that move amounts between accounts: what they leave is known from their number alone, and the sum never changes. */
public final class Transfers {

  /** The key that counts the sessions. */
  public static final String COUNT = "count";

  /** What all accounts hold together. */
  public static final long TOTAL = 800;

  private static final int ACCOUNTS = 8;

  private Transfers() {}

  /** The session number {@code i}; 0 makes the accounts. */
  public static List<Mutation> session(long i) {
    Map<String, Long> before = i == 0 ? Map.of() : after(i - 1);
    List<Mutation> mutations = new ArrayList<>();
    after(i).forEach((key, amount) -> {
      if (!amount.equals(before.get(key))) {
        mutations.add(put(key, amount, i));
      }
    });
    return mutations;
  }

  /** What the store holds after the session number {@code last}. */
  public static Map<String, Long> after(long last) {
    Map<String, Long> entries = new TreeMap<>();
    for (int account = 0; account < ACCOUNTS; account++) {
      // After a round of sessions, every account has given one and got one.
      long amount = TOTAL / ACCOUNTS;
      for (long i = last / ACCOUNTS * ACCOUNTS + 1; i <= last; i++) {
        amount -= i % ACCOUNTS == account ? 1 : 0;
        amount += (i + 2) % ACCOUNTS == account ? 1 : 0;
      }
      entries.put("account" + account, amount);
    }
    entries.put(COUNT, last);
    return entries;
  }

  /** What the accounts hold together. */
  public static long total(Map<String, Long> entries) {
    return entries.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(COUNT))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The number in a value. */
  public static long number(JsonValue value) {
    return Long.parseLong(value.text().replaceAll("\\{\"n\":(\\d+),.*", "$1"));
  }

  private static Mutation put(String key, long number, long i) {
    String value = "{\"n\":" + number + ",\"p\":\"" + "z".repeat((int) (i * 37 % 900)) + "\"}";
    return Mutation.put(Key.of(key), JsonValue.parse(value), Entry.NEVER);
  }
}
