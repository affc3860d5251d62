package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.NOW;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.files.trial.Trials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A closed file that has lost its end is refused; one that has lost a byte or has it twice never shows a value that was not stored. */
class CutTest {

  private static final Set<ErrorCode> DECLARED =
      Set.of(ErrorCode.STORE_CORRUPT, ErrorCode.UNSUPPORTED_FORMAT);

  @TempDir
  Path folder;

  private final Set<Map<String, String>> states = new HashSet<>();
  private byte[] sound = {};
  private int opened;

  private Path file() {
    return folder.resolve("store.mv.db");
  }

  /** A value may hold what H2 writes at the end of a chunk, and a crash may leave it at the end of the file. */
  @Test
  void aValueThatLooksLikeAChunkIsNone() throws IOException {
    Path store = folder.resolve("forged");
    try (H2Storage storage = H2Storage.open(store)) {
      Fixture.put(storage, "k", Fixture.value(1));
    }
    for (String version : new String[] {"1", "ffff"}) {
      // The chunk that was being written, the value in it, and what follows there.
      byte[] forged = new byte[3 * GuardedFile.BLOCK];
      Arrays.fill(forged, (byte) ' ');
      String footer = "chunk:1,len:1,version:" + version;
      String end = footer + ",fletcher:" + Integer.toHexString(ChunkFooter.fletcher(footer));
      put(forged, 0, "chunk:7,len:5,");
      put(forged, GuardedFile.BLOCK, "chunk:1,");
      put(forged, 2 * GuardedFile.BLOCK - ChunkFooter.BYTES, end);
      for (int length : new int[] {forged.length, 2 * GuardedFile.BLOCK}) {
        // As a process leaves it that is killed while it writes.
        byte[] whole = unclosed(folder.resolve("forged.mv.db"));
        byte[] killed = Arrays.copyOf(whole, whole.length + length);
        System.arraycopy(forged, 0, killed, whole.length, length);
        Path copy = folder.resolve("killed.mv.db");
        Files.write(copy, killed);
        try (H2Storage storage = H2Storage.open(folder.resolve("killed"))) {
          assertEquals("{\"number\":1}", Fixture.read(storage, "k"));
          Fixture.put(storage, "more", Fixture.value(2));
        }
        Files.delete(copy);
      }
    }
  }

  private static void put(byte[] bytes, int at, String text) {
    System.arraycopy(text.getBytes(US_ASCII), 0, bytes, at, text.length());
  }

  /** The file without the mark of its close. */
  private static byte[] unclosed(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ChunkFooter last = ChunkFooter.parse(bytes, bytes.length);
    ChunkFooter.Mark mark = last.mark();
    byte[] open =
        last.with(ChunkFooter.State.END, mark.crc(), mark.forcedVersion()).bytes();
    System.arraycopy(open, 0, bytes, bytes.length - open.length, open.length);
    return bytes;
  }

  @BeforeEach
  void write() throws IOException {
    Map<String, String> state = new TreeMap<>();
    states.add(Map.of());
    try (H2Storage storage = H2Storage.open(folder.resolve("store"))) {
      for (int i = 0; i < 12; i++) {
        String key = "key" + i % 5;
        JsonValue value = JsonValue.parse("{\"n\":" + i + ",\"v\":\"" + "x".repeat(i * 97) + "\"}");
        Fixture.put(storage, key, value);
        state.put(key, value.text());
        states.add(Map.copyOf(state));
      }
    }
    sound = Files.readAllBytes(file());
  }

  @Test
  void aCutIsFoundWhenOpening() throws IOException {
    Trials trials = Trials.of(150);
    Set<Integer> lengths = new TreeSet<>();
    new Random(trials.seed(0))
        .ints(1, sound.length)
        .distinct()
        .limit(trials.count())
        .forEach(lengths::add);
    for (int block = GuardedFile.BLOCK; block < sound.length; block += GuardedFile.BLOCK) {
      lengths.addAll(Set.of(block - 1, block, block + 1));
    }
    cut(lengths);
    trials.report(this, lengths.size() + " cuts");
  }

  @Test
  @Tag("slow")
  void aCutAtEveryLengthIsFoundWhenOpening() throws IOException {
    Set<Integer> lengths = new TreeSet<>();
    for (int length = 1; length < sound.length; length++) {
      lengths.add(length);
    }
    cut(lengths);
    Trials.once().report(this, lengths.size() + " cuts");
  }

  @Test
  void aByteThatIsLostOrDoubledNeverGivesAWrongValue() throws IOException {
    shift(Trials.of(150));
  }

  @Test
  @Tag("slow")
  void manyBytesThatAreLostOrDoubledNeverGiveAWrongValue() throws IOException {
    shift(Trials.of(5_000));
  }

  private void cut(Set<Integer> lengths) throws IOException {
    for (int length : lengths) {
      assertNull(open(Arrays.copyOf(sound, length), "cut to " + length), "cut to " + length);
    }
  }

  private void shift(Trials trials) throws IOException {
    for (int trial = 0; trial < trials.count(); trial++) {
      int at = new Random(trials.seed(trial)).nextInt(sound.length);
      boolean doubled = trial % 2 == 0;
      byte[] damaged = new byte[sound.length + (doubled ? 1 : -1)];
      System.arraycopy(sound, 0, damaged, 0, doubled ? at + 1 : at);
      int rest = doubled ? at : at + 1;
      System.arraycopy(
          sound, rest, damaged, damaged.length - (sound.length - rest), sound.length - rest);
      String where = "byte " + at + (doubled ? " doubled, " : " lost, ") + trials.again(trial);
      Map<String, String> held = open(damaged, where);
      if (held != null) {
        held.forEach((key, value) -> assertTrue(
            states.stream().anyMatch(state -> value.equals(state.get(key))),
            () -> where + ": " + key + " is " + value));
      }
    }
    trials.report(this, opened + " of the damaged files opened");
  }

  /** What the store holds with this file; null if it is refused, and then the file is as it was. */
  private @Nullable Map<String, String> open(byte[] bytes, String where) throws IOException {
    Files.write(file(), bytes);
    Map<String, String> held = new TreeMap<>();
    boolean open = false;
    try (H2Storage storage = H2Storage.open(folder.resolve("store"))) {
      open = true;
      opened++;
      for (Entry entry : storage.scan(Fixture.ALL, 100, NOW).items()) {
        held.put(entry.key().text(), entry.value().text());
        String found = Fixture.read(storage, entry.key().text());
        assertTrue(found.equals(entry.value().text()), () -> where + ": " + found);
      }
      return held;
    } catch (StoreException e) {
      assertTrue(DECLARED.contains(e.code()), () -> where + ": " + e);
      if (!open) {
        assertArrayEquals(bytes, Files.readAllBytes(file()), where);
      }
      return null;
    }
  }
}
