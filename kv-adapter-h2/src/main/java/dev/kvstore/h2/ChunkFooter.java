package dev.kvstore.h2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.mvstore.DataUtils;
import org.jspecify.annotations.Nullable;

/**
 * The last bytes of a chunk: what H2 wrote there and, behind it, where H2 does not look, what this engine adds. All of it lies in
 * one sector, so a crash leaves an old footer or a new one.
 *
 * @param text what H2 wrote, with H2's own checksum
 * @param chunk H2's number of the chunk, as text
 * @param length the chunk's length in bytes
 * @param version H2's version, which rises from chunk to chunk
 * @param mark what this engine has added; null if another program wrote the chunk, or nobody reads the file before it is complete
 */
record ChunkFooter(
    String text,
    String chunk,
    long length,
    long version,
    @Nullable Mark mark) {

  /** The bytes that H2 keeps for it. */
  static final int BYTES = 128;

  private static final Pattern PATTERN = Pattern.compile(
      "((chunk:([0-9a-f]{1,8}),len:([0-9a-f]{1,8}),version:([0-9a-f]{1,15})),fletcher:([0-9a-f]{1,8}))"
          + "((?:,kv:(part|end|done|made)-([0-9a-f]{8})-([0-9a-f]{1,15}))?)(?:-([0-9a-f]{1,8}))?\\s*");

  /** What is known of a group of commits whose bytes end with this chunk. */
  enum State {
    /** More of the group follows; without it, this chunk counts for nothing. */
    PART,
    /** The group ends here. */
    END,
    /** The group ends here, everything was forced, and the store was closed. */
    DONE,
    /**
     * The file was made whole and forced before it got its name. There is no older state of it, so it may be opened although this chunk
     * is damaged.
     */
    MADE
  }

  /**
   * What the engine adds.
   *
   * @param state whether a group ends here
   * @param crc the checksum of the chunk without its footer
   * @param forcedVersion the newest version that was known to be durable when the chunk was written
   */
  record Mark(State state, int crc, long forcedVersion) {}

  /** The footer in the last {@link #BYTES} of {@code bytes} before {@code end}; null if there is none. */
  static @Nullable ChunkFooter parse(byte[] bytes, int end) {
    if (end < BYTES) {
      return null;
    }
    String text = new String(bytes, end - BYTES, BYTES, StandardCharsets.ISO_8859_1);
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches() || fletcher(matcher.group(2)) != hexInt(matcher.group(6))) {
      return null;
    }
    Mark mark = null;
    if (matcher.group(8) != null) {
      if (matcher.group(11) == null
          || fletcher(matcher.group(1) + matcher.group(7)) != hexInt(matcher.group(11))) {
        return null;
      }
      mark = new Mark(
          State.valueOf(matcher.group(8).toUpperCase(Locale.ROOT)),
          hexInt(matcher.group(9)),
          Long.parseLong(matcher.group(10), 16));
    } else if (matcher.group(11) != null) {
      return null;
    }
    long length = Long.parseLong(matcher.group(4), 16) * GuardedFile.BLOCK;
    if (length == 0) {
      return null;
    }
    return new ChunkFooter(
        matcher.group(1), matcher.group(3), length, Long.parseLong(matcher.group(5), 16), mark);
  }

  ChunkFooter with(State state, int crc, long forcedVersion) {
    return new ChunkFooter(text, chunk, length, version, new Mark(state, crc, forcedVersion));
  }

  /** Whether the file may end here. */
  boolean isEnd() {
    return mark == null || mark.state() != State.PART;
  }

  /** Whether the store was closed with this end. */
  boolean isDone() {
    return mark != null && mark.state() == State.DONE;
  }

  /** Whether the file was made with this end. */
  boolean isMade() {
    return mark != null && mark.state() == State.MADE;
  }

  /** The newest version before it that is durable if this chunk is there: if nothing tells, or all was forced with it, the one before. */
  long durableVersion() {
    return mark == null || isDone() || isMade() ? version - 1 : mark.forcedVersion();
  }

  /** H2's number of the chunk, which rises from chunk to chunk. */
  int number() {
    return hexInt(chunk);
  }

  /** What the chunk begins with. */
  String header() {
    return "chunk:" + chunk + ",";
  }

  /** The footer as it is in the file. */
  byte[] bytes() {
    String all = text;
    if (mark != null) {
      all += ",kv:"
          + mark.state().name().toLowerCase(Locale.ROOT)
          + "-"
          + HexFormat.of().toHexDigits(mark.crc())
          + "-"
          + Long.toHexString(mark.forcedVersion());
      all += "-" + Integer.toHexString(fletcher(all));
    }
    byte[] bytes = new byte[BYTES];
    Arrays.fill(bytes, (byte) ' ');
    bytes[BYTES - 1] = '\n';
    byte[] used = all.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(used, 0, bytes, 0, used.length);
    return bytes;
  }

  private static int hexInt(String hex) {
    return Integer.parseUnsignedInt(hex, 16);
  }

  /** The checksum that H2 puts behind its texts. */
  static int fletcher(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return DataUtils.getFletcher32(bytes, 0, bytes.length);
  }
}
