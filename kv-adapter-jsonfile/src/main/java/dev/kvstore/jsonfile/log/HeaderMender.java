package dev.kvstore.jsonfile.log;

import java.util.Optional;

/** Finds the header that a damaged one was, if one byte of it was changed: its checksum tells which and to what. */
public final class HeaderMender {

  private HeaderMender() {}

  /**
   * The header that {@code start} begins with once one byte of it is another.
   *
   * @param start the first bytes of the file; not changed
   */
  public static Optional<LogHeader> mend(byte[] start) {
    byte[] tried = start.clone();
    int length = Math.min(start.length, HeaderReader.MAX_HEADER_BYTES);
    for (int i = 0; i < length; i++) {
      for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
        tried[i] = (byte) value;
        Optional<LogHeader> header = HeaderReader.find(tried);
        if (header.isPresent()) {
          return header;
        }
      }
      tried[i] = start[i];
    }
    return Optional.empty();
  }
}
