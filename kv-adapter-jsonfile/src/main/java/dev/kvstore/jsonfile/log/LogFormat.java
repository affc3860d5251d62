package dev.kvstore.jsonfile.log;

/** Numbers of the format, as FORMAT.md gives them. */
public final class LogFormat {

  /** The version of the format that this code reads and writes. */
  public static final int VERSION = 1;

  /** The most bytes of a line, its line feed included. */
  public static final int MAX_LINE_BYTES = 17_000;

  /** The most bytes that a file can have and be read: above every cap, and what an index can point to. */
  public static final long MAX_FILE_BYTES = (1L << 30) - 1;

  /** The highest sequence number and generation: the highest integer that every reader of JSON takes exactly. */
  public static final long MAX_NUMBER = (1L << 53) - 1;

  /** More bytes than a line with a mark can have. */
  public static final int MAX_MARK_BYTES = 160;

  /** How a line ends, from its checksum on: {@code "crc":"xxxxxxxx"}} and a line feed. */
  static final String CRC_START = "\"crc\":\"";

  /** What stands behind those digits, before the line feed. */
  public static final String CRC_END = "\"}";
  /** How many digits the checksum of a line has. */
  public static final int CRC_DIGITS = 8;
  /** The checksum with what stands around it, in bytes; without the line feed. */
  public static final int TRAILER_BYTES = CRC_START.length() + CRC_DIGITS + CRC_END.length();

  private LogFormat() {}
}
