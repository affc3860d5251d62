package dev.kvstore.jsonfile.log;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.jsonfile.file.ReadableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Reads the first line of a file, and tells a file of another kind or version from a damaged one. */
public final class HeaderReader {

  /** More bytes than a header of this version can have. */
  public static final int MAX_HEADER_BYTES = 200;

  /** A longer number names no version. */
  private static final int MAX_VERSION_DIGITS = 9;

  private HeaderReader() {}

  /** Reads the header of an open file; see {@link #read(byte[], String)} and {@link #requireLength}. */
  public static LogHeader read(ReadableFile file, String name) throws IOException {
    byte[] start = new byte[(int) Math.min(MAX_HEADER_BYTES, file.size())];
    file.read(0, start);
    LogHeader header = read(start, name);
    requireLength(file, name);
    return header;
  }

  /**
   * Checks that a file is not longer than any store.
   *
   * @throws CorruptStoreException UNSUPPORTED_FORMAT if it is
   */
  public static void requireLength(ReadableFile file, String name) throws IOException {
    if (file.size() > LogFormat.MAX_FILE_BYTES) {
      throw unsupported(
          name,
          "has " + file.size() + " bytes; this program reads at most " + LogFormat.MAX_FILE_BYTES
              + ". Something else has written to it, or a newer program");
    }
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
    int common = Math.min(known.length, start.length);
    if (!Arrays.equals(start, 0, common, known, 0, common)) {
      throw unsupported(file, "is no kv-jsonfile store: its first line is no header of one");
    }
    int version = version(start, common);
    if (version != 0 && version != LogFormat.VERSION) {
      throw unsupported(
          file,
          "has format version " + version + "; this program knows version " + LogFormat.VERSION
              + ". Use a newer program");
    }
    Optional<LogHeader> header = find(start);
    if (header.isEmpty()) {
      throw CorruptStoreException.damaged(
          "store " + Printable.quote(file)
              + " is damaged in its header, at byte offset 0, line 1; restore it from a copy",
          Map.of("file", file, "offset", 0L, "line", 1L));
    }
    return header.get();
  }

  /** The header that {@code start} begins with, if that is one of this version, whole and with a right checksum. */
  public static Optional<LogHeader> find(byte[] start) {
    LineCursor cursor = new LineCursor(start, start.length);
    try {
      cursor.expect(LogHeader.START);
      cursor.expect(LogFormat.VERSION + ",\"id\":");
      String id = cursor.string();
      cursor.expect(",\"generation\":");
      long generation = cursor.number();
      if (!isId(id) || generation < 1 || generation > LogFormat.MAX_NUMBER) {
        return Optional.empty();
      }
      LogHeader header = new LogHeader(id, generation);
      byte[] line = header.line();
      return start.length >= line.length
              && Arrays.equals(line, 0, line.length, start, 0, line.length)
          ? Optional.of(header)
          : Optional.empty();
    } catch (LineCursor.WrongFormException e) {
      return Optional.empty();
    }
  }

  /** The version that stands at {@code from}, before a comma; 0 if that is no number that one may have. */
  private static int version(byte[] start, int from) {
    int version = 0;
    for (int i = from; i < start.length && i <= from + MAX_VERSION_DIGITS; i++) {
      if (start[i] == ',') {
        return version;
      }
      int digit = start[i] - '0';
      if (digit < 0 || digit > 9 || i == from + MAX_VERSION_DIGITS || (i == from && digit == 0)) {
        return 0;
      }
      version = version * 10 + digit;
    }
    return 0;
  }

  private static boolean isId(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return id.length() == LogHeader.ID_DIGITS;
  }

  private static CorruptStoreException unsupported(String file, String fault) {
    return CorruptStoreException.unsupportedFormat(
        "the file " + Printable.quote(file) + " " + fault + ". It was left unchanged",
        Map.of("file", file));
  }
}
