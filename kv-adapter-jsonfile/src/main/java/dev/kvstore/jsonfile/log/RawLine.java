package dev.kvstore.jsonfile.log;

/**
 * A piece of the file up to a line feed, or up to the file's end.
 *
 * @param offset of its first byte
 * @param length in bytes, with its line feed
 * @param text the bytes before the line feed; empty if there are more of them than a line may have
 * @param terminated whether it ends in a line feed and is no longer than a line may be
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record RawLine(long offset, long length, byte[] text, boolean terminated) {

  /** Behind its last byte. */
  public long end() {
    return offset + length;
  }

  /** Whether it is a line feed alone. */
  public boolean isBlank() {
    return terminated && length == 1;
  }
}
