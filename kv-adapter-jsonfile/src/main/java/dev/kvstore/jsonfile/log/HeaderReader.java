package dev.kvstore.jsonfile.log;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.jsonfile.file.ReadableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the first line of a file, and tells a file of another kind or version from a damaged one. */
public final class HeaderReader {

  /** More bytes than a header of this version can have. */
  public static final int MAX_HEADER_BYTES = 200;

  private static final Pattern VERSION = Pattern.compile("([1-9][0-9]{0,8}),.*", Pattern.DOTALL);
  private static final Pattern MEMBERS = Pattern.compile(
      "1,\"id\":\"([0-9a-f]{16})\",\"generation\":([1-9][0-9]{0,15}),\"crc\":\"[0-9a-f]{8}\"}");

  private HeaderReader() {}

  /** Reads the header of an open file; see {@link #read(byte[], String)}. */
  public static LogHeader read(ReadableFile file, String name) throws IOException {
    byte[] start = new byte[(int) Math.min(MAX_HEADER_BYTES, file.size())];
    file.read(0, start);
    return read(start, name);
  }

  /**
   * Reads the header.
   *
   * @param start the first bytes of the file: {@value #MAX_HEADER_BYTES}, or all if it has fewer
   * @param file the file's path, for messages
   * @throws CorruptStoreException UNSUPPORTED_FORMAT if the file is something else or of another version; STORE_CORRUPT if the
   *     header is damaged
   */
  public static LogHeader read(byte[] start, String file) {
    byte[] known = LogHeader.START.getBytes(StandardCharsets.US_ASCII);
    int length = indexOf(start, (byte) '\n');
    int common = Math.min(known.length, start.length);
    if (!Arrays.equals(start, 0, common, known, 0, common)) {
      throw unsupported(file, "is no kv-jsonfile store: its first line is no header of one");
    }
    String rest = new String(start, common, start.length - common, StandardCharsets.ISO_8859_1);
    Matcher version = VERSION.matcher(rest);
    if (version.matches() && !version.group(1).equals(Integer.toString(LogFormat.VERSION))) {
      throw unsupported(
          file,
          "has format version "
              + version.group(1)
              + "; this program knows version "
              + LogFormat.VERSION
              + ". Use a newer program");
    }
    if (length >= 0 && Checksum.unseeded().seals(Arrays.copyOf(start, length))) {
      Matcher members = MEMBERS.matcher(rest.substring(0, length - common));
      if (members.matches() && Long.parseLong(members.group(2)) <= LogFormat.MAX_NUMBER) {
        return new LogHeader(members.group(1), Long.parseLong(members.group(2)));
      }
    }
    throw CorruptStoreException.damaged(
        "store " + Printable.quote(file)
            + " is damaged in its header, at byte offset 0, line 1; restore it from a copy",
        Map.of("file", file, "offset", 0L, "line", 1L));
  }

  private static CorruptStoreException unsupported(String file, String fault) {
    return CorruptStoreException.unsupportedFormat(
        "the file " + Printable.quote(file) + " " + fault + ". It was left unchanged",
        Map.of("file", file));
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
