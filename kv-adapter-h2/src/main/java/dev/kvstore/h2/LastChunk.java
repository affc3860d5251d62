package dev.kvstore.h2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.mvstore.DataUtils;

/**
 * The last whole chunk in a file of H2. Since nothing is ever overwritten, it is the newest; behind it there can only be what a
 * crash has left.
 *
 * @param version its number, which rises from chunk to chunk; 0 if there is no chunk
 * @param end where it ends
 */
record LastChunk(long version, long end) {

  private static final int FOOTER_BYTES = 128;
  private static final int FIRST_BLOCK = 2;
  private static final Pattern FOOTER = Pattern.compile(
      "(chunk:([0-9a-f]{1,8}),len:([0-9a-f]{1,8}),version:([0-9a-f]{1,15})),fletcher:([0-9a-f]{1,8})\\s*");

  /** Looks for it from the end of the file; costs one read for each block that a crash has left. */
  static LastChunk find(StorageFile file) throws IOException {
    for (long block = file.size() / GuardedFile.BLOCK; block > FIRST_BLOCK; block--) {
      long end = block * GuardedFile.BLOCK;
      Matcher footer = FOOTER.matcher(text(file, end - FOOTER_BYTES, FOOTER_BYTES));
      if (footer.matches() && isSound(footer)) {
        long begin = end - Long.parseLong(footer.group(3), 16) * GuardedFile.BLOCK;
        String header = "chunk:" + footer.group(2) + ",";
        if (begin >= 0 && text(file, begin, header.length()).equals(header)) {
          return new LastChunk(Long.parseLong(footer.group(4), 16), end);
        }
      }
    }
    return new LastChunk(0, (long) FIRST_BLOCK * GuardedFile.BLOCK);
  }

  private static boolean isSound(Matcher footer) {
    byte[] checked = footer.group(1).getBytes(StandardCharsets.ISO_8859_1);
    int checksum = DataUtils.getFletcher32(checked, 0, checked.length);
    return checksum == Integer.parseUnsignedInt(footer.group(5), 16);
  }

  private static String text(StorageFile file, long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    int read = file.read(bytes, 0, length, position);
    return new String(bytes, 0, Math.max(read, 0), StandardCharsets.ISO_8859_1);
  }
}
