package dev.kvstore.h2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.mvstore.DataUtils;

/**
 * The header of a file as H2 would have left it, had it closed the file behind its newest chunk. Without that, H2 reads both ends
 * of every chunk in search of the newest, which {@link LastGroup} has found already. It is shown to H2 and never written.
 */
final class CleanHeader {

  private static final Pattern TEXT =
      Pattern.compile("(H:2,[ -~]*),fletcher:([0-9a-f]{1,8})[,\\s\\x00][\\s\\S]*");
  private static final Pattern PLACE = Pattern.compile(",(block|chunk|version|clean):[0-9a-f]+");

  private CleanHeader() {}

  /**
   * Both copies of the header, naming the chunk that {@code last} belongs to; what cannot be understood stays as it is.
   *
   * @param header the two blocks in the file
   * @param end where the chunk ends
   */
  static byte[] of(byte[] header, ChunkFooter last, long end) {
    byte[] shown = header.clone();
    for (int at = 0; at + GuardedFile.BLOCK <= header.length; at += GuardedFile.BLOCK) {
      Matcher matcher =
          TEXT.matcher(new String(header, at, GuardedFile.BLOCK, StandardCharsets.ISO_8859_1));
      if (!matcher.matches()
          || fletcher(matcher.group(1)) != Integer.parseUnsignedInt(matcher.group(2), 16)) {
        return header;
      }
      long block = (end - last.length()) / GuardedFile.BLOCK;
      String text = PLACE.matcher(matcher.group(1)).replaceAll("")
          + ",block:" + Long.toHexString(block)
          + ",chunk:" + last.chunk()
          + ",clean:1,version:" + Long.toHexString(last.version());
      byte[] bytes = (text + ",fletcher:" + Integer.toHexString(fletcher(text)) + "\n")
          .getBytes(StandardCharsets.ISO_8859_1);
      Arrays.fill(shown, at, at + GuardedFile.BLOCK, (byte) 0);
      System.arraycopy(bytes, 0, shown, at, bytes.length);
    }
    return shown;
  }

  private static int fletcher(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return DataUtils.getFletcher32(bytes, 0, bytes.length);
  }
}
