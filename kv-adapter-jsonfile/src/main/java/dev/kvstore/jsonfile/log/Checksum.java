package dev.kvstore.jsonfile.log;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** The checksum of a line: CRC-32C of a seed and the line's bytes. Immutable. */
public final class Checksum {

  private final byte[] seed;

  private Checksum(byte[] seed) {
    this.seed = seed;
  }

  static Checksum unseeded() {
    return new Checksum(new byte[0]);
  }

  static Checksum seededWith(byte[] seed) {
    return new Checksum(seed);
  }

  /** A copy of the bytes that the sum begins with. */
  byte[] seed() {
    return seed.clone();
  }

  /** Ends the line that begins at {@code start}: adds its checksum, the closing brace and the line feed. */
  void seal(LineBuffer line, int start) {
    int crc = of(line.bytes(), start, line.length() - start);
    line.ascii(LogFormat.CRC_START).hex(crc).ascii(LogFormat.CRC_END).ascii("\n");
  }

  /** Whether {@code line}, without its line feed, ends with the checksum of what is before it. */
  boolean seals(byte[] line) {
    int length = line.length - LogFormat.TRAILER_BYTES;
    if (length < 0) {
      return false;
    }
    LineBuffer trailer = new LineBuffer();
    trailer.ascii(LogFormat.CRC_START).hex(of(line, 0, length)).ascii(LogFormat.CRC_END);
    String found = new String(line, length, LogFormat.TRAILER_BYTES, StandardCharsets.ISO_8859_1);
    return found.equals(new String(trailer.toArray(), StandardCharsets.ISO_8859_1));
  }

  private int of(byte[] bytes, int start, int length) {
    CRC32C crc = new CRC32C();
    crc.update(seed, 0, seed.length);
    crc.update(bytes, start, length);
    return (int) crc.getValue();
  }
}
