package dev.kvstore.h2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells an H2 database from any other file before H2 sees it. */
final class FileMagic {

  private static final byte[] MAGIC = "H:2,".getBytes(StandardCharsets.US_ASCII);

  private FileMagic() {}

  /** Whether one of the two copies of H2's header is there. */
  static boolean isH2(StorageFile file) throws IOException {
    return startsWithMagic(file, 0) || startsWithMagic(file, GuardedFile.BLOCK);
  }

  private static boolean startsWithMagic(StorageFile file, long position) throws IOException {
    byte[] begin = new byte[MAGIC.length];
    int read = file.read(begin, 0, begin.length, position);
    return read == MAGIC.length && Arrays.equals(begin, MAGIC);
  }
}
