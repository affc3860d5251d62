package dev.kvstore.jsonfile.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.log.LineView.Found;
import dev.kvstore.jsonfile.log.LogLine.Delete;
import dev.kvstore.jsonfile.log.LogLine.Mark;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.log.LogLine.Put;
import dev.kvstore.jsonfile.log.LogLine.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The view of a line and the decoder must agree on everything. */
class LineViewTest {

  private static final LogHeader HEADER = new LogHeader("0123456789abcdef", 2);
  private static final LineEncoder ENCODER = new LineEncoder(HEADER);
  private static final LineDecoder DECODER = new LineDecoder(HEADER);
  private static final List<Key> KEYS = List.of(
      Key.of("a"),
      Key.of("b"),
      Key.of("\""),
      Key.of("\\\""),
      Key.of("user:12345678"),
      Key.of("user:12345679"),
      Key.of("\u00e9\ud83d\ude00"),
      Key.of("x\",\"value\":{}"),
      Key.of("x\\"),
      Key.of("\ud83d\ude00".repeat(Key.MAX_CODE_POINTS)),
      Key.of("\\".repeat(Key.MAX_CODE_POINTS)));
  private static final long[] NUMBERS = {
    Long.MIN_VALUE,
    -1,
    0,
    1,
    2,
    9,
    10,
    99_999_999,
    100_000_000,
    1_800_000_000_000L,
    LogFormat.MAX_NUMBER - 1,
    LogFormat.MAX_NUMBER,
    LogFormat.MAX_NUMBER + 1,
    999_999_999_999_999_999L,
    1_000_000_000_000_000_000L,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE
  };
  private static final byte[] ALPHABET =
      "{\"seqprvlagtofxudcm:,}0123456789-\\\n z".getBytes(StandardCharsets.US_ASCII);

  private final LineView view = new LineView(HEADER);
  private final Map<Found, Integer> seen = new EnumMap<>(Found.class);

  @Test
  void intactLinesReadAsTheDecoderReadsThem() {
    long seed = new Random().nextInt(1_000_000);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      compare(ENCODER.encode(randomLine(random)), random, seed);
    }
    assertTrue(seen.values().stream().allMatch(count -> count > 500), "seed " + seed + seen);
  }

  @Test
  void changedLinesReadAsTheDecoderReadsThemThoughTheirChecksumIsRight() {
    long seed = new Random().nextInt(1_000_000);
    Random random = new Random(seed);
    for (int i = 0; i < 60_000; i++) {
      byte[] line = ENCODER.encode(randomLine(random));
      byte[] text = Arrays.copyOf(line, line.length - LogFormat.TRAILER_BYTES - 1);
      byte[] changed = random.nextInt(3) == 0 ? renumbered(text, random) : mutated(text, random);
      LineBuffer buffer = new LineBuffer();
      buffer.raw(changed);
      HEADER.checksum().seal(buffer, 0);
      compare(buffer.toArray(), random, seed);
    }
    assertTrue(seen.values().stream().allMatch(count -> count > 500), "seed " + seed + seen);
  }

  @Test
  void aChangeWithoutItsChecksumIsAlwaysFound() {
    long seed = new Random().nextInt(1_000_000);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] line = ENCODER.encode(randomLine(random));
      byte[] changed = line.clone();
      changed[random.nextInt(line.length)] ^= (byte) (1 << random.nextInt(8));
      compare(changed, random, seed);
      Found found =
          view.look(ByteBuffer.wrap(changed), 0, 1, changed.length, KEYS.get(0).utf8());
      assertEquals(Found.NO_ENTRY, found, () -> "seed " + seed);
    }
  }

  @Test
  void wildPlacesAndLengthsGiveNoEntryAndNoException() {
    long seed = new Random().nextInt(1_000_000);
    Random random = new Random(seed);
    ByteBuffer file = ByteBuffer.allocateDirect(100_000).order(ByteOrder.LITTLE_ENDIAN);
    while (file.remaining() > LogFormat.MAX_LINE_BYTES) {
      file.put(ENCODER.encode(randomLine(random)));
    }
    byte[] key = KEYS.get(1).utf8();
    int[] wild = {Integer.MIN_VALUE, -1, 0, 1, 99_999, 100_000, 100_001, Integer.MAX_VALUE};
    for (int position : wild) {
      for (int min : wild) {
        for (int max : wild) {
          Found found = view.look(file, position, min, max, key);
          Found expected = oracle(file, position, min, max, KEYS.get(1));
          assertEquals(expected, found, () -> "seed " + seed + " at " + position);
        }
      }
    }
    for (int i = 0; i < 60_000; i++) {
      int position = random.nextInt(100_000);
      int min = 1 + random.nextInt(300);
      int max = min + random.nextInt(17_000);
      Found found = view.look(file, position, min, max, key);
      assertEquals(oracle(file, position, min, max, KEYS.get(1)), found, () -> "seed " + seed);
    }
  }

  @Test
  void bothEndsOfTheLengthCount() {
    byte[] line = ENCODER.encode(put(KEYS.get(0), "{\"a\":1}"));
    byte[] key = KEYS.get(0).utf8();
    ByteBuffer exact = ByteBuffer.wrap(line);
    ByteBuffer more = ByteBuffer.wrap(Arrays.copyOf(line, 2 * line.length));
    for (ByteBuffer file : List.of(exact, more)) {
      assertEquals(Found.THIS_KEY, view.look(file, 0, line.length, line.length, key));
      assertEquals(Found.THIS_KEY, view.look(file, 0, 1, line.length + 100, key));
      assertEquals(Found.NO_ENTRY, view.look(file, 0, line.length + 1, 2 * line.length, key));
      assertEquals(Found.NO_ENTRY, view.look(file, 0, 1, line.length - 1, key));
    }
  }

  @Test
  void theLongestLineIsRead() {
    String value = "\"" + "v".repeat(JsonValue.MAX_BYTES - 2) + "\"";
    Place place = new Place(
        LogFormat.MAX_NUMBER, 0, LogFormat.MAX_NUMBER - 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    for (Key key : KEYS) {
      Step put = new Put(key, JsonValue.parse(value), Long.MAX_VALUE - 1);
      byte[] line = ENCODER.encode(new LogLine(place, Long.MIN_VALUE, put));
      byte[] utf8 = key.utf8();
      Found found = view.look(ByteBuffer.wrap(line), 0, 1, Integer.MAX_VALUE, utf8);
      assertEquals(Found.THIS_KEY, found);
      assertEquals(value, new String(view.value(), StandardCharsets.US_ASCII));
    }
  }

  /** Every combination of numbers at their bounds, sound or not, with the right checksum. */
  @Test
  void numbersAtTheirBoundsReadAsTheDecoderReadsThem() {
    String[] seqs = {"0", "1", "2", "5", "" + LogFormat.MAX_NUMBER, "" + (LogFormat.MAX_NUMBER + 1)
    };
    String[] prevs = {"", "0", "1", "3", "4", "5", "6"};
    String[] lags = {"", "0", "1", "4", "5"};
    String[] parts = {
      "", "0,2", "1,1", "1,2", "2,2", "3,2", "1,2147483647", "1,2147483648", "1,2,", "1", "-1,2"
    };
    String[] expiries = {"", "0", "-1", "999999999999999999", "1000000000000000000"};
    for (String seq : seqs) {
      for (String prev : prevs) {
        for (String lag : lags) {
          for (String part : parts) {
            for (String expiry : expiries) {
              compareSealed("{\"seq\":" + seq + "," + member("prev", prev) + member("lag", lag)
                  + part(part) + "\"at\":1,\"put\":\"a\"," + member("exp", expiry)
                  + "\"value\":{}");
            }
          }
        }
      }
    }
    assertTrue(seen.get(Found.THIS_KEY) > 200 && seen.get(Found.NO_ENTRY) > 200, seen::toString);
  }

  @Test
  void oddFormsReadAsTheDecoderReadsThem() {
    for (String text : List.of(
        "{\"seq\":5,\"at\":1,\"put\":\"a\",\"value\":{}",
        "{\"seq\":5,\"at\":01,\"put\":\"a\",\"value\":{}",
        "{\"seq\":05,\"at\":1,\"put\":\"a\",\"value\":{}",
        "{\"seq\":5,\"at\":,\"put\":\"a\",\"value\":{}",
        "{\"seq\":5,\"at\":1:\"put\":\"a\",\"value\":{}",
        "{\"seq\":5,\"at\":1,\"put\":\"a\"\"value\":{}",
        "{\"seq\":5,\"at\":1,\"put\":\"a\":\"value\":{}",
        "{\"seq\":5,\"at\":1,\"put\":a\",\"value\":{}",
        "{\"seq\":5,\"at\":1,\"put\":\"a,\"value\":{}",
        "{\"seq\":5,\"at\":1,\"put\":xa\",\"value\":{}",
        "{\"seq\":5,\"at\":1,\"put\":\"a\",\"exp\":1\"value\":{}",
        "{\"seq\":5,\"at\":1,\"put\":\"a\",\"exp\":,\"value\":{}",
        "{\"seq\":5,\"at\":1,\"put\":\"a\",\"value\":",
        "{\"seq\":5,\"at\":1,\"put\":\"a\",\"value\":1",
        "{\"seq\":5,\"at\":1,\"put\":\"a\",",
        "{\"seq\":5,\"at\":1,\"put\":\"a\"",
        "{\"seq\":5,\"at\":1",
        "{\"seq\":5",
        "{\"seq\":",
        "")) {
      compareSealed(text);
    }
    assertTrue(seen.get(Found.THIS_KEY) >= 2, seen::toString);
  }

  /** A line that reads so, but for the comma and the checksum; also behind another one, whose bytes are still in the view. */
  private void compareSealed(String text) {
    for (String end : List.of(",", "")) {
      LineBuffer buffer = new LineBuffer();
      buffer.ascii(text + end);
      HEADER.checksum().seal(buffer, 0);
      ByteBuffer file = ByteBuffer.wrap(buffer.toArray());
      int length = file.capacity();
      for (Key key : List.of(Key.of("a"), Key.of("b"))) {
        view.look(ByteBuffer.wrap(ENCODER.encode(put(key, "{\"a\":1}"))), 0, 1, 1_000, key.utf8());
        Found found = view.look(file, 0, 1, length, key.utf8());
        assertEquals(oracle(file, 0, 1, length, key), found, text);
        seen.merge(found, 1, Integer::sum);
        boolean any = view.look(file, 0, length, new byte[0]) == Found.ANOTHER_KEY;
        assertEquals(oracle(file, 0, 1, length, key) != Found.NO_ENTRY, any, text);
      }
    }
  }

  private static String member(String name, String number) {
    return number.isEmpty() ? "" : "\"" + name + "\":" + number + ",";
  }

  private static String part(String numbers) {
    String[] each = numbers.split(",", 2);
    return numbers.isEmpty()
        ? ""
        : member("part", each[0]) + (each.length > 1 ? member("of", each[1]) : "");
  }

  private void compare(byte[] line, Random random, long seed) {
    Key key = KEYS.get(random.nextInt(KEYS.size()));
    int before = random.nextInt(20);
    byte[] file = new byte[before + line.length + random.nextInt(20)];
    random.nextBytes(file);
    System.arraycopy(line, 0, file, before, line.length);
    int min = Math.max(1, line.length - random.nextInt(100));
    int max = line.length + random.nextInt(100);
    ByteBuffer buffer = ByteBuffer.wrap(file);
    Found found = view.look(buffer, before, min, max, key.utf8());
    String message = "seed " + seed + ": " + new String(line, StandardCharsets.ISO_8859_1);
    assertEquals(oracle(buffer, before, min, max, key), found, message);
    seen.merge(found, 1, Integer::sum);
    if (found == Found.THIS_KEY) {
      LogLine decoded = DECODER.decode(Arrays.copyOf(line, line.length - 1)).orElseThrow();
      Put put = (Put) decoded.step();
      assertArrayEquals(put.value().utf8(), view.value(), message);
      assertEquals(put.expiresAtMillis(), view.expiresAtMillis(), message);
      assertEquals(decoded.place().seq(), view.seq(), message);
    }
  }

  /** The same, the simple way. */
  private static Found oracle(ByteBuffer file, int position, int min, int max, Key key) {
    if (position < 0 || position >= file.capacity() || max < 1 || min > file.capacity()) {
      return Found.NO_ENTRY;
    }
    int most = Math.min(max, Math.min(LogFormat.MAX_LINE_BYTES, file.capacity() - position));
    for (int length = Math.max(min, 1); length <= most; length++) {
      if (file.get(position + length - 1) == '\n') {
        byte[] line = new byte[length - 1];
        file.get(position, line);
        Optional<LogLine> decoded = DECODER.decode(line);
        return decoded.isPresent() && decoded.get().step() instanceof Put put
            ? put.key().equals(key) ? Found.THIS_KEY : Found.ANOTHER_KEY
            : Found.NO_ENTRY;
      }
    }
    return Found.NO_ENTRY;
  }

  private static LogLine put(Key key, String value) {
    return new LogLine(
        Place.after(4, 4), 1_800_000_000_000L, new Put(key, JsonValue.parse(value), Entry.NEVER));
  }

  private static LogLine randomLine(Random random) {
    long seq = 3 + random.nextLong(1_000_000);
    long prev = random.nextInt(4) == 0 ? random.nextLong(seq - 1) : seq - 1;
    long lag = random.nextInt(4) == 0 ? 1 + random.nextLong(seq - 1) : 0;
    int of = random.nextInt(4) == 0 ? 2 + random.nextInt(1_000) : 1;
    Key key = KEYS.get(random.nextInt(KEYS.size()));
    boolean entry = random.nextInt(8) > 0;
    Place place = new Place(seq, prev, lag, 1 + random.nextInt(of), of);
    JsonValue value =
        JsonValue.parse("{\"v\":\"" + "x".repeat(random.nextInt(60)) + "\",\"n\":1e400}");
    long expiry = random.nextBoolean() ? Entry.NEVER : number(random);
    Step step = entry
        ? new Put(key, value, expiry)
        : of == 1 && random.nextBoolean() ? Mark.CLOSED : new Delete(key);
    return new LogLine(place, number(random), step);
  }

  private static long number(Random random) {
    return random.nextInt(4) == 0
        ? NUMBERS[random.nextInt(NUMBERS.length)]
        : 1_800_000_000_000L + random.nextInt();
  }

  /** Another number in the place of one. */
  private static byte[] renumbered(byte[] line, Random random) {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    String[] pieces = text.split("(?<=:)(?=[0-9-])", -1);
    int chosen = 1 + random.nextInt(pieces.length - 1);
    String number = Long.toString(NUMBERS[random.nextInt(NUMBERS.length)]);
    String odd =
        List.of(number, number, "0" + number, "-0", "", "1.0", number + "0").get(random.nextInt(7));
    pieces[chosen] = pieces[chosen].replaceFirst("^-?[0-9]+", odd);
    return String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] mutated(byte[] line, Random random) {
    int at = random.nextInt(Math.min(line.length, 120));
    byte other = ALPHABET[random.nextInt(ALPHABET.length)];
    switch (random.nextInt(3)) {
      case 0 -> {
        byte[] shorter = Arrays.copyOf(line, line.length - 1);
        System.arraycopy(line, at + 1, shorter, at, line.length - at - 1);
        return shorter;
      }
      case 1 -> {
        byte[] longer = Arrays.copyOf(line, line.length + 1);
        System.arraycopy(line, at, longer, at + 1, line.length - at);
        longer[at] = other;
        return longer;
      }
      default -> {
        byte[] changed = line.clone();
        changed[at] = other;
        return changed;
      }
    }
  }
}
