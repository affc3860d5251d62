package dev.kvstore.jsonfile;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.port.StoragePort;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a store holds, in a form that can be compared and printed. */
final class Stored {

  /** The time at which tests read and write, in milliseconds since 1970. */
  static final long NOW = 1_800_000_000_000L;

  private static final Pattern LONG_FILL = Pattern.compile("x{9,}");

  private Stored() {}

  /** Every live entry: its value, and its expiry if it has one. */
  static Map<String, String> in(StoragePort store) {
    Map<String, String> entries = new TreeMap<>();
    for (Entry entry :
        store.scan(KeyRange.of(KeyPrefix.all()), Integer.MAX_VALUE - 1, NOW).items()) {
      entries.put(entry.key().text(), text(entry.value().text(), entry.expiresAtMillis()));
    }
    return entries;
  }

  static String text(String value, long expiresAtMillis) {
    String shown =
        LONG_FILL.matcher(value).replaceAll(fill -> "x*" + fill.group().length());
    return expiresAtMillis == Entry.NEVER ? shown : shown + " until " + expiresAtMillis;
  }
}
