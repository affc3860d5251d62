package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key whose text is damaged while the store is open: a list is right, or says so; it never lacks an entry in silence. */
class ListDamageTest {

  private static final int KEYS = 300;
  private static final int PAGE = 10;

  private final SimulatedDisk disk = new SimulatedDisk();
  private int told;
  private int right;

  @Test
  void ofKeysThatWereInOrderBefore() {
    fill(0, KEYS);
    try (JsonFileStorage store = open()) {
      lists(store, "");
      damageEach(store);
    }
    // Each key is in a few of the lists, or decides where they begin or end; the others are not
    // its.
    assertTrue(told > KEYS / 2 && right > 10 * KEYS, told + " told, " + right + " right");
  }

  @Test
  void ofKeysThatAreInSeveralRuns() {
    fill(0, KEYS / 2);
    try (JsonFileStorage store = open()) {
      lists(store, "");
      put(store, KEYS / 2, KEYS);
      lists(store, "");
      damageEach(store);
    }
    // Each key is in a few of the lists, or decides where they begin or end; the others are not
    // its.
    assertTrue(told > KEYS / 2 && right > 10 * KEYS, told + " told, " + right + " right");
  }

  @Test
  void ofKeysThatAreNotInOrderYet() {
    fill(0, KEYS);
    for (int i = 0; i < KEYS; i++) {
      byte[] sound = damage(i, (byte) 0x18);
      try (JsonFileStorage store = open()) {
        look(store);
      }
      disk.damage(StoreRun.FILE, sound);
    }
    assertTrue(told > KEYS / 2, "hardly any damage was met: " + told);
  }

  /** The order asks for the keys alone. */
  @Test
  void aDamagedValueIsInTheWayOfItsOwnPageAlone() {
    fill(0, KEYS);
    byte[] file = disk.bytes(StoreRun.FILE);
    String text = new String(file, StandardCharsets.ISO_8859_1);
    file[text.indexOf("{}", text.indexOf("\"" + key(200) + "\""))] ^= 1;
    disk.damage(StoreRun.FILE, file);
    try (JsonFileStorage store = open()) {
      assertEquals(expected("k0"), lists(store, "k0"));
      assertEquals(expected("k21"), lists(store, "k21"));
      assertThrows(CorruptStoreException.class, () -> lists(store, "k20"));
    }
  }

  @Test
  void aListThatFailsLeavesTheOrderToTheOthers() {
    fill(0, KEYS);
    try (JsonFileStorage store = open()) {
      lists(store, "");
      damage(7, (byte) 0x10);
      KeyRange damaged = KeyRange.of(KeyPrefix.of(key(7)));
      CorruptStoreException told =
          assertThrows(CorruptStoreException.class, () -> page(store, damaged));
      assertTrue(told.getMessage().contains(" line "), told::getMessage);
      assertEquals(List.of(key(27)), page(store, KeyRange.of(KeyPrefix.of(key(27)))));
    }
  }

  /** Not even if the order still rests on it. */
  @Test
  void aDamagedLineThatNoLongerCountsIsInNobodysWay() {
    fill(0, KEYS);
    try (JsonFileStorage store = open()) {
      lists(store, "");
      for (int i = 0; i < KEYS; i += 3) {
        store.commit(List.of(Mutation.delete(Key.of(key(i)))), Stored.NOW);
      }
      for (int i = 0; i < KEYS; i += 3) {
        damage(i, (byte) 0x10);
      }
      for (int i = 1; i + 2 < KEYS; i += 3) {
        KeyRange range = KeyRange.of(KeyPrefix.of(key(i)));
        assertEquals(List.of(key(i)), page(store, range));
        List<String> next = page(store, KeyRange.of(KeyPrefix.all()).startingAfter(Key.of(key(i))));
        assertEquals(key(i + 1), next.get(0));
      }
    }
  }

  private void damageEach(JsonFileStorage store) {
    for (int i = 0; i < KEYS; i++) {
      for (byte change : new byte[] {0x08, 0x10, 0x18}) {
        byte[] sound = damage(i, change);
        look(store);
        disk.damage(StoreRun.FILE, sound);
      }
    }
    look(store);
  }

  private void look(JsonFileStorage store) {
    for (String prefix : List.of("", "k0", "k1", "k2", "k29", "l", "a")) {
      try {
        assertEquals(expected(prefix), lists(store, prefix));
        right++;
      } catch (CorruptStoreException e) {
        told++;
      }
    }
  }

  /** The first page of a prefix, and the page behind the middle of all keys. */
  private static List<List<String>> lists(JsonFileStorage store, String prefix) {
    KeyRange all = KeyRange.of(KeyPrefix.of(prefix));
    return List.of(page(store, all), page(store, all.startingAfter(Key.of(key(KEYS / 2)))));
  }

  private static List<String> page(JsonFileStorage store, KeyRange range) {
    return store.scanKeys(range, PAGE, Stored.NOW).items().stream()
        .map(Key::text)
        .toList();
  }

  private static List<List<String>> expected(String prefix) {
    List<String> first = new ArrayList<>();
    List<String> behind = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      if (key(i).startsWith(prefix) && first.size() < PAGE) {
        first.add(key(i));
      }
      if (key(i).startsWith(prefix) && i > KEYS / 2 && behind.size() < PAGE) {
        behind.add(key(i));
      }
    }
    return List.of(first, behind);
  }

  private static String key(int i) {
    return String.format("k%03d", i);
  }

  private void fill(int from, int to) {
    try (JsonFileStorage store = open()) {
      put(store, from, to);
    }
  }

  /** In an order that is not that of the keys. */
  private static void put(JsonFileStorage store, int from, int to) {
    List<Mutation> mutations = new ArrayList<>();
    for (int i = 0; i < to - from; i++) {
      Key key = Key.of(key(from + i * 7 % (to - from)));
      mutations.add(Mutation.create(key, JsonValue.parse("{}"), Entry.NEVER));
    }
    store.commit(mutations, Stored.NOW);
  }

  private JsonFileStorage open() {
    return JsonFileStorage.open(
        StoreRun.options(10_000_000), disk, Background.inline(), StoreRun.EAGER);
  }

  /** Damages one digit of a key; returns the file as it was. */
  private byte[] damage(int i, byte change) {
    byte[] sound = disk.bytes(StoreRun.FILE);
    byte[] file = sound.clone();
    String text = new String(file, StandardCharsets.ISO_8859_1);
    file[text.indexOf("\"" + key(i) + "\"") + 2 + i % 3] ^= change;
    disk.damage(StoreRun.FILE, file);
    return sound;
  }
}
