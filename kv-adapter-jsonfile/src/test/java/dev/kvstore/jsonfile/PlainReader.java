package dev.kvstore.jsonfile;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A second reader of the format, written from FORMAT.md alone: it uses nothing of the engine, and another parser for
 * the values. What it says of a file must be what
 * the engine does with it.
 */
final class PlainReader {

  /** What rule 1 to 5 make of a file. */
  enum Verdict {
    CLOSED,
    OPEN,
    TORN,
    DAMAGED,
    OTHER_FORMAT
  }

  private record Held(String value, long expiry) {}

  private static final String N = "(0|-?[1-9][0-9]*)";
  private static final String STRING = "\"((?:[^\"\\\\]|\\\\[\"\\\\])*+)\"";
  private static final String START = "{\"format\":\"kv-jsonfile\",\"version\":";
  private static final Pattern OTHER_VERSION =
      Pattern.compile(Pattern.quote(START) + "([1-9][0-9]{0,8}),");
  private static final Pattern HEADER = Pattern.compile(
      "\\{\"format\":\"kv-jsonfile\",\"version\":1,\"id\":\"([0-9a-f]{16})\",\"generation\":"
          + "([1-9][0-9]*),\"crc\":\"([0-9a-f]{8})\"}");
  private static final Pattern LINE = Pattern.compile(
      "\\{\"seq\":" + N + ",(?:\"prev\":" + N
          + ",)?(?:\"lag\":" + N + ",)?(?:\"part\":" + N + ",\"of\":" + N + ",)?\"at\":" + N
          + ",(?:\"put\":" + STRING + ",(?:\"exp\":" + N + ",)?\"value\":(.+),|\"delete\":" + STRING
          + ",|\"mark\":\"(closed|compacted)\",)\"crc\":\"([0-9a-f]{8})\"}",
      Pattern.DOTALL);

  /** Jackson takes a character for the digit that its low byte would be. */
  private static final Pattern WRONG_ESCAPE =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u(?![0-9a-fA-F]{4})");

  /** Jackson refuses half a surrogate pair in a name, so it is shown a character for private use. */
  private static final Pattern SURROGATE_ESCAPE =
      Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*\\\\u)[dD](?=[89a-fA-F][0-9a-fA-F]{2})");

  private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxNestingDepth(500)
              .maxNumberLength(Integer.MAX_VALUE)
              .build())
          .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final String text;
  private final Map<String, Held> entries = new TreeMap<>();
  private String seed = "";
  private Verdict verdict = Verdict.OPEN;

  /** Reads a file. Bytes are taken for characters of the same number, so that offsets are those of the file. */
  PlainReader(byte[] file) {
    this.text = new String(file, StandardCharsets.ISO_8859_1);
    read();
  }

  Verdict verdict() {
    return verdict;
  }

  /** The entries that are live at an instant, in the form of {@link Stored#in}. */
  Map<String, String> liveAt(long nowMillis) {
    Map<String, String> live = new TreeMap<>();
    entries.forEach((key, held) -> {
      if (nowMillis < held.expiry) {
        live.put(utf8(key), Stored.text(utf8(held.value), held.expiry));
      }
    });
    return live;
  }

  /** The checksum that a line should have. */
  static String checksum(String seed, String lineUpToCrc) {
    CRC32C crc = new CRC32C();
    crc.update((seed + lineUpToCrc).getBytes(StandardCharsets.ISO_8859_1));
    return String.format("%08x", crc.getValue());
  }

  private void read() {
    if (text.isEmpty()) {
      // A new store.
      return;
    }
    int position = text.indexOf('\n') + 1;
    String first = text.substring(0, Math.max(0, position - 1));
    Matcher version = OTHER_VERSION.matcher(text);
    if (!text.startsWith(START) && !START.startsWith(text)) {
      verdict = Verdict.OTHER_FORMAT;
      return;
    }
    if (version.lookingAt() && !version.group(1).equals("1")) {
      verdict = Verdict.OTHER_FORMAT;
      return;
    }
    Matcher header = HEADER.matcher(first);
    if (!header.matches()
        || !isSealed(first, header.group(3))
        || new BigInteger(header.group(2)).bitLength() > 53) {
      verdict = Verdict.DAMAGED;
      return;
    }
    seed = header.group(1) + "/" + header.group(2);
    long previous = 0;
    int taken = position;
    long takenSeq = 0;
    List<Matcher> commit = new ArrayList<>();
    boolean closed = false;
    while (true) {
      int feed = text.indexOf('\n', position);
      Matcher line = feed < 0 ? null : sealedLine(text.substring(position, feed));
      if (line == null
          || feed - position >= 17_000
          || prev(line) != previous
          || part(line) != commit.size() + 1
          || (!commit.isEmpty() && !line.group(5).equals(commit.get(0).group(5)))) {
        break;
      }
      previous = seq(line);
      commit.add(line);
      position = feed + 1;
      if (line.group(5) == null || line.group(4).equals(line.group(5))) {
        commit.forEach(this::apply);
        commit.clear();
        taken = position;
        takenSeq = previous;
        closed = "closed".equals(line.group(11));
      }
    }
    settle(taken, takenSeq + 1, closed);
  }

  private void settle(int taken, long expected, boolean closed) {
    if (taken == text.length()) {
      verdict = closed ? Verdict.CLOSED : Verdict.OPEN;
      return;
    }
    if (text.substring(taken).chars().allMatch(c -> c == '\n')) {
      return;
    }
    verdict = Verdict.TORN;
    Matcher starts = Pattern.compile("\\{\"seq\":").matcher(text);
    for (int from = taken; starts.find(from); from = starts.start() + 1) {
      int feed = text.indexOf('\n', starts.start());
      Matcher line = feed < 0 ? null : sealedLine(text.substring(starts.start(), feed));
      if (line != null && seq(line) - 1 - number(line.group(3), 0) >= expected) {
        verdict = Verdict.DAMAGED;
      }
    }
  }

  private void apply(Matcher line) {
    if (line.group(7) != null) {
      entries.put(
          unescaped(line.group(7)), new Held(line.group(9), number(line.group(8), Long.MAX_VALUE)));
    } else if (line.group(10) != null) {
      entries.remove(unescaped(line.group(10)));
    }
  }

  private Matcher sealedLine(String line) {
    Matcher matcher = LINE.matcher(line);
    boolean valid = matcher.matches()
        && isSealed(line, matcher.group(12))
        && hasRightNumbers(matcher)
        && hasRightKey(matcher)
        && (matcher.group(9) == null || isCompactJson(matcher.group(9)));
    return valid ? matcher : null;
  }

  private static boolean hasRightKey(Matcher line) {
    String quoted = line.group(7) != null ? line.group(7) : line.group(10);
    if (quoted == null) {
      return true;
    }
    int[] key = utf8(unescaped(quoted)).codePoints().toArray();
    return isUtf8(quoted)
        && key.length >= 1
        && key.length <= 32
        && IntStream.of(key).noneMatch(Character::isISOControl);
  }

  private static boolean isCompactJson(String value) {
    String json = utf8(value);
    if (!isUtf8(value)
        || json.startsWith("\ufeff")
        || WRONG_ESCAPE.matcher(json).find()) {
      return false;
    }
    try {
      JSON.readTree(SURROGATE_ESCAPE.matcher(json).replaceAll("$1e"));
    } catch (JacksonException e) {
      return false;
    }
    return value.length() <= 16_384
        && value.replaceAll("\"(?:[^\"\\\\]|\\\\.)*+\"", "").matches("\\S*");
  }

  private static boolean hasRightNumbers(Matcher line) {
    boolean fit = IntStream.of(1, 2, 3, 4, 5, 6, 8)
        .mapToObj(line::group)
        .allMatch(number -> number == null || new BigInteger(number).bitLength() <= 63);
    if (!fit) {
      return false;
    }
    long seq = seq(line);
    long lag = number(line.group(3), 0);
    boolean commit = line.group(5) != null;
    return seq >= 1
        && seq <= 9_007_199_254_740_991L
        && prev(line) >= 0
        && prev(line) < seq
        && (line.group(2) == null || prev(line) != seq - 1)
        && (line.group(3) == null || (lag >= 1 && lag < seq))
        && (!commit || (part(line) >= 1 && part(line) <= of(line)))
        && (!commit || line.group(11) == null)
        && (!commit || (of(line) >= 2 && of(line) <= Integer.MAX_VALUE));
  }

  private boolean isSealed(String line, String crc) {
    return checksum(seed, line.substring(0, line.lastIndexOf("\"crc\""))).equals(crc);
  }

  private static long seq(Matcher line) {
    return Long.parseLong(line.group(1));
  }

  private static long prev(Matcher line) {
    return number(line.group(2), seq(line) - 1);
  }

  private static long part(Matcher line) {
    return number(line.group(4), 1);
  }

  private static long of(Matcher line) {
    return number(line.group(5), 1);
  }

  private static long number(String text, long otherwise) {
    return text == null ? otherwise : Long.parseLong(text);
  }

  private static String unescaped(String key) {
    return key.replaceAll("\\\\(.)", "$1");
  }

  private static boolean isUtf8(String bytes) {
    return new String(utf8(bytes).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
        .equals(bytes);
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
