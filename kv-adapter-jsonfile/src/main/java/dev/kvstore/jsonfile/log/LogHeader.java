package dev.kvstore.jsonfile.log;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The first line of the file.
 *
 * @param id names the store, 16 hexadecimal digits
 * @param generation counts the files that compactions have written, from 1
 */
public record LogHeader(String id, long generation) {

  /** What the header of every version begins with. */
  static final String START = "{\"format\":\"kv-jsonfile\",\"version\":";

  /** How many digits the id has. */
  static final int ID_DIGITS = 16;

  /** The header of a new store. */
  public static LogHeader ofNewStore() {
    byte[] random = new byte[ID_DIGITS / 2];
    new SecureRandom().nextBytes(random);
    return new LogHeader(HexFormat.of().formatHex(random), 1);
  }

  /** The header of the file that the next compaction writes. */
  public LogHeader next() {
    return new LogHeader(id, generation + 1);
  }

  /** The header as a line, with its line feed. */
  public byte[] line() {
    String members =
        START + LogFormat.VERSION + ",\"id\":\"" + id + "\",\"generation\":" + generation + ",";
    LineBuffer line = new LineBuffer();
    line.ascii(members);
    Checksum.unseeded().seal(line, 0);
    return line.toArray();
  }

  /** The checksum of the lines that follow this header. */
  public Checksum checksum() {
    return Checksum.seededWith((id + "/" + generation).getBytes(StandardCharsets.US_ASCII));
  }
}
