package dev.kvstore.h2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * What H2 reads at the beginning of a file: its settings, and which chunk is the newest. There are two copies, each with a checksum.
 * As it is on the disk it may name an older chunk; then H2 looks through the file, at two places of each chunk, for what is known
 * here already.
 */
final class StoreHeader {

  /** Both copies. */
  static final int BYTES = 2 * GuardedFile.BLOCK;

  private static final String CHECKSUM = ",fletcher:";
  private static final String VERSION = "version";

  private StoreHeader() {}

  /**
   * The header with {@code newest} as the newest chunk, as of a file that H2 has closed.
   *
   * @param onDisk the header as it is
   * @param newest a chunk of which is known that the file is whole up to it
   * @param end where it ends
   * @return null if no copy is whole, or if one names a newer chunk, which another program must have written
   */
  static byte @Nullable [] naming(byte[] onDisk, ChunkFooter newest, long end) {
    Map<String, String> known = newest(onDisk);
    return known == null || version(known) > newest.version() ? null : naming(known, newest, end);
  }

  /** Like {@link #naming}, also if a copy names a newer chunk: of that one is known that it is of no use. */
  static byte @Nullable [] goingBackTo(byte[] onDisk, ChunkFooter newest, long end) {
    Map<String, String> known = newest(onDisk);
    return known == null ? null : naming(known, newest, end);
  }

  private static byte[] naming(Map<String, String> known, ChunkFooter newest, long end) {
    HashMap<String, String> fields = new HashMap<>(known);
    fields.put("chunk", newest.chunk());
    fields.put("block", Long.toHexString((end - newest.length()) / GuardedFile.BLOCK));
    fields.put(VERSION, Long.toHexString(newest.version()));
    fields.put("clean", "1");
    return twice(DataUtils.appendMap(new StringBuilder(), fields).toString());
  }

  /** The version of the chunk that a header names as the newest; 0 if no copy is whole. That chunk was durable when it was written. */
  static long versionNamed(byte[] onDisk) {
    Map<String, String> known = newest(onDisk);
    return known == null ? 0 : version(known);
  }

  /** The copy that names the newest chunk; null if none is whole. */
  private static @Nullable Map<String, String> newest(byte[] onDisk) {
    Map<String, String> newest = null;
    for (int begin = 0; begin < onDisk.length; begin += GuardedFile.BLOCK) {
      Map<String, String> copy = parse(onDisk, begin);
      if (copy != null && (newest == null || version(copy) >= version(newest))) {
        newest = copy;
      }
    }
    return newest;
  }

  private static long version(Map<String, String> fields) {
    return Long.parseLong(fields.getOrDefault(VERSION, "0"), 16);
  }

  private static @Nullable Map<String, String> parse(byte[] bytes, int begin) {
    int end = begin;
    while (end < begin + GuardedFile.BLOCK && end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String text = new String(bytes, begin, end - begin, StandardCharsets.ISO_8859_1);
    int checksum = text.lastIndexOf(CHECKSUM);
    if (checksum < 0) {
      return null;
    }
    String fields = text.substring(0, checksum);
    try {
      String wanted = text.substring(checksum + CHECKSUM.length());
      if (Integer.parseUnsignedInt(wanted, 16) != ChunkFooter.fletcher(fields)) {
        return null;
      }
      Map<String, String> parsed = DataUtils.parseMap(fields);
      // One whose version is no number is no header of H2, whatever its checksum says.
      return version(parsed) < 0 ? null : parsed;
    } catch (MVStoreException | NumberFormatException e) {
      return null;
    }
  }

  private static byte[] twice(String fields) {
    String text = fields + CHECKSUM + Integer.toHexString(ChunkFooter.fletcher(fields)) + "\n";
    byte[] copy = Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), GuardedFile.BLOCK);
    byte[] both = Arrays.copyOf(copy, BYTES);
    System.arraycopy(copy, 0, both, GuardedFile.BLOCK, GuardedFile.BLOCK);
    return both;
  }
}
