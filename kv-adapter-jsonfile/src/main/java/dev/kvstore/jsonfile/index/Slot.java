package dev.kvstore.jsonfile.index;

import dev.kvstore.core.model.Entry;

/**
 * Where the line of a key's entry stands.
 *
 * @param offset of its first byte in the file
 * @param length in bytes, with its line feed
 * @param seq its sequence number, which is the entry's version
 * @param expiresAtMillis when the entry expires, or {@link Entry#NEVER}
 */
public record Slot(long offset, int length, long seq, long expiresAtMillis) {

  /** Whether the entry is there at {@code nowMillis}. */
  public boolean isLiveAt(long nowMillis) {
    return Entry.isLive(expiresAtMillis, nowMillis);
  }
}
