package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damages a small file that was closed cleanly in every simple way: it is named with its place, and nothing else is changed. */
class DamageTest {

  private static final long CAP = 65_536;

  private final List<Map<String, String>> states = new ArrayList<>();
  private byte[] file;
  private Map<String, String> entries;
  private int markStart;
  private LogCapture log;

  @BeforeEach
  void writeAFile() {
    log = LogCapture.drop();
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, CAP);
    run.open();
    states.add(Map.of());
    List<Runnable> steps = List.of(
        () -> run.create("a", 20),
        () -> run.put("b", 5),
        () -> run.session("c", "a", 3),
        () -> run.delete("b"),
        () -> run.session("b", "d", 1),
        () -> run.put("a", 0));
    for (Runnable step : steps) {
      step.run();
      states.add(run.read().orElseThrow());
    }
    entries = run.read().orElseThrow();
    run.close();
    file = disk.bytes(StoreRun.FILE);
    markStart = lineStart(file.length - 2);
  }

  @AfterEach
  void endDropping() {
    log.close();
  }

  @Test
  void everyFlippedBitIsFoundWhenOpening() {
    for (int i = 0; i < file.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = file.clone();
        damaged[i] ^= (byte) (1 << bit);
        expectDamage(damaged, i, "bit " + bit + " of byte " + i + " flipped");
      }
    }
  }

  @Test
  void everyLostOrDoubledByteIsFoundWhenOpening() {
    for (int i = 0; i < file.length; i++) {
      expectDamage(without(i, i + 1), i, "byte " + i + " lost");
      expectDamage(joined(Arrays.copyOf(file, i + 1), rest(i)), i, "byte " + i + " doubled");
    }
  }

  @Test
  void everyLostDoubledOrSwappedLineIsFoundWhenOpening() {
    List<byte[]> lines = lines();
    // The last line is the mark; the one before it cannot be missed without the mark.
    for (int i = 1; i < lines.size() - 1; i++) {
      List<byte[]> lost = new ArrayList<>(lines);
      lost.remove(i);
      expectDamageAt(join(lost), i, "line lost");
      List<byte[]> doubled = new ArrayList<>(lines);
      doubled.add(i, lines.get(i));
      if (i < lines.size() - 2) {
        expectDamageAt(join(doubled), i + 1, "line doubled");
      } else {
        // Nothing is missing but the mark.
        expectDamage(join(doubled), markStart, "line doubled");
      }
      for (int j = i + 1; j < lines.size(); j++) {
        List<byte[]> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, i, j);
        expectDamageAt(join(swapped), i, "line swapped with " + j);
      }
    }
  }

  @Test
  void everyFlippedBitIsFoundWhenReading() {
    SimulatedDisk disk = new SimulatedDisk();
    disk.place(StoreRun.FILE, file);
    try (JsonFileStorage store =
        JsonFileStorage.open(StoreRun.options(CAP), disk, Background.inline())) {
      int found = 0;
      for (int i = 0; i < file.length; i++) {
        for (int bit = 0; bit < 8; bit++) {
          byte[] damaged = file.clone();
          damaged[i] ^= (byte) (1 << bit);
          disk.damage(StoreRun.FILE, damaged);
          found += expectNoWrongValue(store, i);
        }
        disk.damage(StoreRun.FILE, Arrays.copyOf(file, i));
        expectNoWrongValue(store, i);
      }
      assertTrue(found > file.length, "hardly any damage was found");
      disk.damage(StoreRun.FILE, file);
      assertEquals(entries, Stored.in(store));
    }
    assertArrayEquals(file, disk.bytes(StoreRun.FILE));
  }

  @Test
  void compactionRefusesToCarryDamageAlong() {
    SimulatedDisk disk = new SimulatedDisk();
    disk.place(StoreRun.FILE, file);
    JsonFileStorage store = JsonFileStorage.open(StoreRun.options(CAP), disk, Background.inline());
    byte[] damaged = file.clone();
    damaged[markStart - 20] ^= 1;
    disk.damage(StoreRun.FILE, damaged);
    Optional<StoreException> failure = failureOf(() -> store.compact(Stored.NOW));
    assertEquals(ErrorCode.STORE_CORRUPT, failure.orElseThrow().code());
    assertArrayEquals(damaged, disk.bytes(StoreRun.FILE));
    assertEquals(Set.of(StoreRun.FILE), disk.files());
    disk.damage(StoreRun.FILE, file);
    store.compact(Stored.NOW);
    assertEquals(entries, Stored.in(store));
    store.close();
  }

  @Test
  void aCutAtEveryLengthLeavesAPrefixOrIsRefused() {
    int header = lines().get(0).length;
    Set<Map<String, String>> seen = new HashSet<>();
    for (int length = 0; length < file.length; length++) {
      SimulatedDisk disk = new SimulatedDisk();
      disk.place(StoreRun.FILE, Arrays.copyOf(file, length));
      Optional<StoreException> failure = failureOf(() ->
          JsonFileStorage.open(StoreRun.options(CAP), disk, Background.inline()).close());
      String where = "cut to " + length;
      if (length > 0 && length < header) {
        ErrorCode code = failure.orElseThrow(() -> new AssertionError(where)).code();
        assertTrue(code == ErrorCode.STORE_CORRUPT || code == ErrorCode.UNSUPPORTED_FORMAT, where);
        assertArrayEquals(Arrays.copyOf(file, length), disk.bytes(StoreRun.FILE), where);
      } else {
        assertEquals(Optional.empty(), failure.map(StoreException::getMessage), where);
        Map<String, String> held =
            Stored.in(JsonFileStorage.open(StoreRun.options(CAP), disk, Background.inline()));
        assertTrue(states.contains(held), where);
        seen.add(held);
      }
    }
    assertEquals(new HashSet<>(states), seen);
  }

  @Test
  void hugeLinesAreRefusedOrTornAndNeverHang() {
    for (int size : new int[] {16_999, 17_000, 17_001, 65_536, 200_000, 3_000_000}) {
      byte[] huge = ("x".repeat(size - 1) + "\n").getBytes(StandardCharsets.UTF_8);
      byte[] start = Arrays.copyOf(file, markStart);
      byte[] mark = rest(markStart);
      SimulatedDisk torn = new SimulatedDisk();
      torn.place(StoreRun.FILE, joined(start, huge));
      assertEquals(
          entries,
          Stored.in(JsonFileStorage.open(StoreRun.options(CAP), torn, Background.inline())));
      expectDamageAt(
          joined(Arrays.copyOf(file, lineStart(markStart - 1)), joined(huge, mark)),
          lines().size() - 2,
          "huge line");
      byte[] merged = huge.clone();
      merged[merged.length - 1] = 'x';
      expectDamageAt(
          joined(Arrays.copyOf(file, lineStart(markStart - 1)), joined(merged, mark)),
          lines().size() - 2,
          "huge line merged with the mark");
    }
  }

  /** Damage of the mark that ends the file cannot be told from a torn write of it; nothing else may pass. */
  private void expectDamage(byte[] damaged, int position, String what) {
    SimulatedDisk disk = new SimulatedDisk();
    disk.place(StoreRun.FILE, damaged);
    Optional<StoreException> failure = failureOf(() -> assertEquals(
        entries,
        Stored.in(JsonFileStorage.open(StoreRun.options(CAP), disk, Background.inline())),
        what));
    boolean onlyMark =
        position >= markStart || (position == markStart - 1 && damaged.length > file.length);
    if (onlyMark && failure.isEmpty()) {
      return;
    }
    StoreException found = failure.orElseThrow(() -> new AssertionError("not found: " + what));
    assertArrayEquals(damaged, disk.bytes(StoreRun.FILE), what);
    assertEquals(Set.of(StoreRun.FILE), disk.files(), what);
    if (position < lines().get(0).length && found.code() == ErrorCode.UNSUPPORTED_FORMAT) {
      return;
    }
    assertEquals(ErrorCode.STORE_CORRUPT, found.code(), what);
    int line = lineNumber(position);
    boolean blankAfter = damaged.length > file.length && file[position] == '\n';
    assertEquals((long) line + (blankAfter ? 1 : 0), found.details().get("line"), what);
    assertEquals(
        (long) (blankAfter ? position + 1 : lineStart(position)),
        found.details().get("offset"),
        what);
  }

  private void expectDamageAt(byte[] damaged, int lineIndex, String what) {
    SimulatedDisk disk = new SimulatedDisk();
    disk.place(StoreRun.FILE, damaged);
    StoreException found = failureOf(
            () -> JsonFileStorage.open(StoreRun.options(CAP), disk, Background.inline()))
        .orElseThrow(() -> new AssertionError("not found: " + what + " " + lineIndex));
    assertEquals(ErrorCode.STORE_CORRUPT, found.code(), what);
    assertEquals(lineIndex + 1L, found.details().get("line"), what + " " + lineIndex);
    assertArrayEquals(damaged, disk.bytes(StoreRun.FILE), what);
  }

  /** Reads every key; 1 if that found the damage. */
  private int expectNoWrongValue(JsonFileStorage store, int position) {
    int found = 0;
    for (String key : entries.keySet()) {
      Optional<StoreException> failure = failureOf(() -> {
        Entry entry = store.find(Key.of(key), Stored.NOW).orElseThrow();
        assertEquals(entries.get(key), Stored.text(entry.value().text(), entry.expiresAtMillis()));
      });
      if (failure.isPresent()) {
        assertEquals(ErrorCode.STORE_CORRUPT, failure.get().code());
        assertTrue(
            failure.get().details().keySet().containsAll(Set.of("file", "offset", "line")),
            "byte " + position);
        found = 1;
      }
    }
    return found;
  }

  private static Optional<StoreException> failureOf(Runnable call) {
    try {
      call.run();
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of(e);
    }
  }

  private List<byte[]> lines() {
    List<byte[]> lines = new ArrayList<>();
    for (int start = 0, i = 0; i < file.length; i++) {
      if (file[i] == '\n') {
        lines.add(Arrays.copyOfRange(file, start, i + 1));
        start = i + 1;
      }
    }
    return lines;
  }

  private int lineStart(int position) {
    int start = position;
    while (start > 0 && file[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private int lineNumber(int position) {
    int number = 1;
    for (int i = 0; i < position; i++) {
      number += file[i] == '\n' ? 1 : 0;
    }
    return number;
  }

  private byte[] without(int from, int to) {
    return joined(Arrays.copyOf(file, from), rest(to));
  }

  private byte[] rest(int from) {
    return Arrays.copyOfRange(file, from, file.length);
  }

  private static byte[] join(List<byte[]> parts) {
    return parts.stream().reduce(new byte[0], DamageTest::joined);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
