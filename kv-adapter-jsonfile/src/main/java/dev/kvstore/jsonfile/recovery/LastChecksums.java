package dev.kvstore.jsonfile.recovery;

import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.log.LogFormat;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Tells a log from a copy of it that went its own way, by the checksums at the ends of the last two lines before a place: the last
 * line alone may be the mark of a close, which says little. Damage elsewhere does not change it.
 */
public final class LastChecksums {

  /** What stands behind the digits of a line's checksum, its line feed included. */
  private static final int BEHIND_BYTES = LogFormat.CRC_END.length() + 1;

  private LastChecksums() {}

  /** The CRC-32C of the digits of both checksums, the last first; {@code offset} is behind a line feed. */
  public static int before(ReadableFile file, long offset) throws IOException {
    byte[] text =
        new byte[(int) Math.min(LogFormat.MAX_LINE_BYTES + LogFormat.TRAILER_BYTES, offset)];
    file.read(offset - text.length, text);
    int start = text.length - 1;
    while (start > 0 && text[start - 1] != '\n') {
      start--;
    }
    CRC32C crc = new CRC32C();
    update(crc, text, text.length);
    update(crc, text, start);
    return (int) crc.getValue();
  }

  private static void update(CRC32C crc, byte[] text, int end) {
    int from = end - BEHIND_BYTES - LogFormat.CRC_DIGITS;
    if (from >= 0) {
      crc.update(text, from, LogFormat.CRC_DIGITS);
    }
  }
}
