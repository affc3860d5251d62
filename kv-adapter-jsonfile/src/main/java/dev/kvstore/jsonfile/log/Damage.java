package dev.kvstore.jsonfile.log;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import java.util.Map;

/** The report of a damaged place. */
public final class Damage {

  private Damage() {}

  /**
   * STORE_CORRUPT for a place in a file.
   *
   * @param file its path
   * @param offset in bytes, from 0
   * @param line from 1
   * @param fault what is wrong there
   */
  public static CorruptStoreException at(String file, long offset, long line, String fault) {
    return CorruptStoreException.damaged(
        "store "
            + Printable.quote(file)
            + " is damaged at byte offset "
            + offset
            + ", line "
            + line
            + ": "
            + fault
            + ". Nothing was changed; restore the file from a copy",
        Map.of("file", file, "offset", offset, "line", line));
  }
}
