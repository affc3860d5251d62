package dev.kvstore.jsonfile.recovery;

/**
 * A piece of the file up to a line feed, or up to the file's end.
 *
 * @param offset of its first byte
 * @param length in bytes, with its line feed
 * @param text the bytes before the line feed; empty if there are more of them than a line may have
 * @param terminated whether it ends in a line feed and is no longer than a line may be
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record RawLine(long offset, long length, byte[] text, boolean terminated) {

  long end() {
    return offset + length;
  }

  boolean isBlank() {
    return terminated && length == 1;
  }
}
