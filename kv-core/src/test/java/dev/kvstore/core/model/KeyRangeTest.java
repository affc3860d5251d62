package dev.kvstore.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRangeTest {

  @Test
  void coversThePrefixAndWhatComesAfterTheKey() {
    KeyRange users = KeyRange.of(KeyPrefix.of("user:"));
    assertTrue(users.contains(Key.of("user:")));
    assertTrue(users.contains(Key.of("user:7")));
    assertFalse(users.contains(Key.of("user")));
    assertFalse(users.contains(Key.of("User:7")));
    KeyRange rest = users.startingAfter(Key.of("user:5"));
    assertEquals(new KeyRange(KeyPrefix.of("user:"), Key.of("user:5")), rest);
    assertFalse(rest.contains(Key.of("user:5")));
    assertFalse(rest.contains(Key.of("user:")));
    assertTrue(rest.contains(Key.of("user:50")));
    assertTrue(rest.contains(Key.of("user:\ud83d\ude00")));
    assertFalse(rest.contains(Key.of("z")));
  }

  @Test
  void aKeyOutsideThePrefixMayBeTheStart() {
    KeyRange fromBefore = new KeyRange(KeyPrefix.of("b"), Key.of("a"));
    assertTrue(fromBefore.contains(Key.of("b")));
    KeyRange fromBehind = new KeyRange(KeyPrefix.of("b"), Key.of("c"));
    assertFalse(fromBehind.contains(Key.of("bz")));
  }

  @Test
  void everyKeyBeginsWithTheEmptyPrefix() {
    assertTrue(KeyRange.of(KeyPrefix.all()).contains(Key.of("\udbff\udfff")));
  }

  @Test
  void aPageIsACopyThatNobodyChanges() {
    List<Key> items = new ArrayList<>(List.of(Key.of("a")));
    Page<Key> page = new Page<>(items, true);
    items.clear();
    assertEquals(List.of(Key.of("a")), page.items());
    assertThrows(UnsupportedOperationException.class, () -> page.items().clear());
  }
}
