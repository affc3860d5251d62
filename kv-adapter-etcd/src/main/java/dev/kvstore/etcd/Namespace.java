package dev.kvstore.etcd;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.etcd.rpc.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where in the cluster's one space of keys a store lies: an entry under {@code name/key}, what says that there is a store under {@code
 * name/} itself. No name holds a slash, so no store lies within another.
 */
final class Namespace {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** In no key of an entry, since it is a control character; sorts before everything that is. */
  private static final byte SEPARATOR = 0;

  private final String name;
  private final byte[] start;

  Namespace(String name) {
    this.name = name;
    this.start = (name + "/").getBytes(StandardCharsets.UTF_8);
  }

  static boolean isValid(String name) {
    return NAME.matcher(name).matches();
  }

  String name() {
    return name;
  }

  /** The key that is there if the store is. */
  byte[] marker() {
    return start.clone();
  }

  byte[] of(Key key) {
    return join(start, key.utf8());
  }

  /** A key beside that of an entry, which no entry has and no list shows. */
  static byte[] beside(byte[] key, String name) {
    byte[] separated = join(key, new byte[] {SEPARATOR});
    return join(separated, name.getBytes(StandardCharsets.UTF_8));
  }

  /** The first key that may be in the range. */
  byte[] from(KeyRange range) {
    String prefix = range.prefix().text();
    byte[] first =
        prefix.isEmpty() ? next(start) : join(start, prefix.getBytes(StandardCharsets.UTF_8));
    if (range.after() == null) {
      return first;
    }
    byte[] afterKey = next(of(range.after()));
    return Arrays.compareUnsigned(afterKey, first) > 0 ? afterKey : first;
  }

  /** The first key after the range. */
  byte[] to(KeyRange range) {
    byte[] end = join(start, range.prefix().text().getBytes(StandardCharsets.UTF_8));
    // No byte of UTF-8 is the largest one.
    end[end.length - 1]++;
    return end;
  }

  /** The least key that is greater. */
  static byte[] next(byte[] key) {
    return join(key, new byte[] {0});
  }

  /** Whether it is the key of an entry, rather than one beside it. */
  static boolean isEntry(KeyValue found) {
    for (byte b : found.key()) {
      if (b == SEPARATOR) {
        return false;
      }
    }
    return true;
  }

  /** The key of the entry that lies there; empty if no entry can. */
  Optional<Key> keyOf(KeyValue found) {
    byte[] utf8 = Arrays.copyOfRange(found.key(), start.length, found.key().length);
    try {
      Key key = Key.of(new String(utf8, StandardCharsets.UTF_8));
      return Arrays.equals(key.utf8(), utf8) ? Optional.of(key) : Optional.empty();
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private static byte[] join(byte[] left, byte[] right) {
    byte[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }
}
