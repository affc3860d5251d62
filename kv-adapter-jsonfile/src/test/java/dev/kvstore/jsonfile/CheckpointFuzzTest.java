package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** An index beside the store that was made up, with right checksums: it is not taken, or it does no harm. */
class CheckpointFuzzTest {

  private static final Path INDEX = StoreRun.FILE.resolveSibling("s.jsonl.index");
  private static final long CAP = 10_000_000;
  private static final int KEYS = 400;
  private static final int HEADER = 512;
  private static final int SLOTS = 4_096;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Map<String, String> expected = new TreeMap<>();
  private byte[] data;
  private byte[] index;
  private int taken;

  @BeforeEach
  void fill() {
    SimulatedDisk disk = new SimulatedDisk();
    try (JsonFileStorage store = open(disk)) {
      // Every key twice, so that there is an old value for each to be found by mistake.
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < KEYS; i += 100) {
          List<Mutation> mutations = new ArrayList<>();
          for (int j = i; j < i + 100; j++) {
            mutations.add(put("key" + j, round * 1_000 + j));
          }
          store.commit(mutations, Stored.NOW);
        }
      }
      expected.putAll(Stored.in(store));
    }
    data = disk.bytes(StoreRun.FILE);
    index = disk.bytes(INDEX);
  }

  @Test
  void aSoundOneIsTakenAsItIs() {
    assertEquals(expected, Stored.in(open(disk(mended(index.clone())))));
    // Without it, the file would be read, and damage be found at once.
    byte[] damaged = data.clone();
    damaged[HEADER] ^= 1;
    open(disk(damaged, mended(index.clone())));
  }

  @Test
  void aTableWithoutAnEmptySlotIsNotTaken() {
    LongsOf slots = new LongsOf(index.clone());
    for (int i = 0; i < slots.count(); i++) {
      if (slots.get(i) == 0) {
        slots.set(i, slots.get(slots.anyUsed()));
      }
    }
    assertTimeoutPreemptively(PATIENCE, () -> {
      JsonFileStorage store = open(disk(mended(slots.bytes)));
      assertTrue(store.find(Key.of("not there"), Stored.NOW).isEmpty());
      assertEquals(expected, Stored.in(store));
      store.commit(List.of(put("new", 1)), Stored.NOW);
    });
  }

  @Test
  void numbersThatDoNotFitTheTableAreNotTaken() {
    for (String change : List.of(
        "entries=399",
        "entries=401",
        "entries=0",
        "bytes=0",
        "bytes=10",
        "bytes=9999999999",
        "offset=200",
        "offset=91")) {
      String[] parts = change.split("=", 2);
      byte[] wrong = withNumber(index.clone(), parts[0], parts[1]);
      assertEquals(expected, Stored.in(open(disk(mended(wrong)))), change);
      // It was not taken: what it vouched for is read, and found damaged.
      byte[] damaged = data.clone();
      damaged[HEADER] ^= 1;
      assertEquals(ErrorCode.STORE_CORRUPT, codeOfOpening(disk(damaged, mended(wrong))), change);
    }
  }

  @Test
  void randomChangesWithRightChecksumsNeverGiveAWrongValue(TestReporter reporter) {
    fuzz(new Random().nextInt(1_000_000), 400, reporter);
  }

  @Test
  @Tag("slow")
  void manyRandomChangesNeverGiveAWrongValue(TestReporter reporter) {
    fuzz(0, 50_000, reporter);
  }

  private void fuzz(long first, int rounds, TestReporter reporter) {
    List<BiConsumer<byte[], Random>> changes = List.of(
        (bytes, random) -> bytes[HEADER + random.nextInt(bytes.length - HEADER)] ^=
            (byte) (1 << random.nextInt(8)),
        (bytes, random) -> new LongsOf(bytes).swap(random),
        (bytes, random) -> new LongsOf(bytes).copy(random),
        (bytes, random) -> new LongsOf(bytes).flip(random),
        (bytes, random) -> new LongsOf(bytes).clear(random),
        CheckpointFuzzTest::changeLedger,
        CheckpointFuzzTest::changeNumber);
    for (long seed = first; seed < first + rounds; seed++) {
      Random random = new Random(seed);
      byte[] changed = index.clone();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        changes.get(random.nextInt(changes.size())).accept(changed, random);
      }
      String where = "seed " + seed;
      assertTimeoutPreemptively(PATIENCE, () -> check(mended(changed), random, where), where);
    }
    reporter.publishEntry("answered from the index", taken + " of " + rounds);
  }

  private void check(byte[] changed, Random random, String where) {
    SimulatedDisk disk = disk(changed);
    JsonFileStorage store;
    try {
      store = open(disk);
    } catch (StoreException e) {
      assertEquals(ErrorCode.STORE_CORRUPT, e.code(), where);
      assertTrue(e.getMessage().contains("has lost its end"), () -> where + ": " + e.getMessage());
      return;
    }
    int right = 0;
    for (int i = 0; i < KEYS; i++) {
      String key = "key" + i;
      try {
        String found = store
            .find(Key.of(key), Stored.NOW)
            .map(entry -> Stored.text(entry.value().text(), entry.expiresAtMillis()))
            .orElse("none");
        assertTrue(
            found.equals("none") || found.equals(expected.get(key)), () -> where + ": " + found);
        right += found.equals("none") ? 0 : 1;
      } catch (StoreException e) {
        assertEquals(ErrorCode.STORE_CORRUPT, e.code(), where);
      }
    }
    assertTrue(right >= KEYS - 12, where + ": only " + right + " entries are found");
    taken += right < KEYS ? 1 : 0;
    Map<String, String> after = new TreeMap<>(expected);
    for (int i = 0; i < 40; i++) {
      String key = "key" + random.nextInt(KEYS);
      boolean removes = random.nextBoolean();
      try {
        store.commit(
            List.of(
                removes
                    ? new Mutation(Key.of(key), Expectation.ANY, Effect.REMOVE)
                    : put(key, 5_000 + i)),
            Stored.NOW);
        after.remove(key);
        if (!removes) {
          store
              .find(Key.of(key), Stored.NOW)
              .ifPresent(entry ->
                  after.put(key, Stored.text(entry.value().text(), entry.expiresAtMillis())));
          assertTrue(after.get(key).contains("\"n\":" + (5_000 + i)), where);
        }
      } catch (StoreException e) {
        assertEquals(ErrorCode.STORE_CORRUPT, e.code(), where);
      }
    }
    store.close();
  }

  private static void changeLedger(byte[] bytes, Random random) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long[] values = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, random.nextLong(), 400, 63, 11};
    buffer.putLong(HEADER + 8 * random.nextInt(12), values[random.nextInt(values.length)]);
  }

  private static void changeNumber(byte[] bytes, Random random) {
    String[] names = {"entries", "bytes", "offset", "seq", "slots", "capacity"};
    String[] values = {"0", "1", "399", "401", "512", "4096", "65536", "999999999", "90000"};
    byte[] changed = withNumber(
        bytes, names[random.nextInt(names.length)], values[random.nextInt(values.length)]);
    System.arraycopy(changed, 0, bytes, 0, HEADER);
  }

  private static byte[] withNumber(byte[] bytes, String name, String value) {
    String header = new String(bytes, 0, HEADER, StandardCharsets.ISO_8859_1);
    String changed =
        header.replaceAll("\"" + name + "\":\\d+", "\"" + name + "\":" + value).strip();
    return withHeader(bytes, changed);
  }

  /** The same with the checksums that it should have. */
  private static byte[] mended(byte[] bytes) {
    CRC32C body = new CRC32C();
    body.update(bytes, HEADER, bytes.length - HEADER);
    String header = new String(bytes, 0, HEADER, StandardCharsets.ISO_8859_1).strip();
    Matcher parts = Pattern.compile("(.*\"body\":\")[0-9a-f]{8}(\",)\"crc\".*").matcher(header);
    assertTrue(parts.matches(), header);
    String members = parts.group(1) + "%08x".formatted((int) body.getValue()) + parts.group(2);
    CRC32C crc = new CRC32C();
    crc.update(members.getBytes(StandardCharsets.ISO_8859_1));
    return withHeader(bytes, members + "\"crc\":\"%08x\"}".formatted((int) crc.getValue()));
  }

  private static byte[] withHeader(byte[] bytes, String header) {
    byte[] result = bytes.clone();
    Arrays.fill(result, 0, HEADER - 1, (byte) ' ');
    result[HEADER - 1] = '\n';
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(text, 0, result, 0, text.length);
    return result;
  }

  private static ErrorCode codeOfOpening(SimulatedDisk disk) {
    try {
      open(disk).close();
      return ErrorCode.STORE_CLOSED;
    } catch (StoreException e) {
      return e.code();
    }
  }

  private SimulatedDisk disk(byte[] checkpoint) {
    return disk(data, checkpoint);
  }

  private static SimulatedDisk disk(byte[] file, byte[] checkpoint) {
    SimulatedDisk disk = new SimulatedDisk();
    disk.place(StoreRun.FILE, file);
    disk.place(INDEX, checkpoint);
    return disk;
  }

  private static JsonFileStorage open(SimulatedDisk disk) {
    return JsonFileStorage.open(StoreRun.options(CAP), disk, Background.inline());
  }

  private static Mutation put(String key, int number) {
    JsonValue value =
        JsonValue.parse("{\"n\":" + number + ",\"p\":\"" + "x".repeat(400 + number % 300) + "\"}");
    return Mutation.put(
        Key.of(key), value, number % 3 == 0 ? Stored.NOW + 50_000L * number + 1 : Entry.NEVER);
  }

  /** The slots in the bytes of an index. */
  private static final class LongsOf {

    private final byte[] bytes;
    private final ByteBuffer slots;

    LongsOf(byte[] bytes) {
      this.bytes = bytes;
      this.slots = ByteBuffer.wrap(bytes, SLOTS, bytes.length - SLOTS)
          .slice()
          .order(ByteOrder.LITTLE_ENDIAN);
    }

    int count() {
      return slots.capacity() / Long.BYTES;
    }

    long get(int place) {
      return slots.getLong(place * Long.BYTES);
    }

    void set(int place, long slot) {
      slots.putLong(place * Long.BYTES, slot);
    }

    int anyUsed() {
      int place = 0;
      while (get(place) == 0) {
        place++;
      }
      return place;
    }

    void swap(Random random) {
      int one = random.nextInt(count());
      int other = random.nextInt(count());
      long slot = get(one);
      set(one, get(other));
      set(other, slot);
    }

    void copy(Random random) {
      set(random.nextInt(count()), get(random.nextInt(count())));
    }

    void flip(Random random) {
      int place = random.nextInt(count());
      set(place, get(place) ^ 1L << random.nextInt(Long.SIZE));
    }

    void clear(Random random) {
      set(random.nextInt(count()), 0);
    }
  }
}
