package dev.kvstore.jsonfile.order;

/** Reads keys out of the data file. Any number of threads may ask at once. */
@FunctionalInterface
public interface KeySource {

  /**
   * Copies the key of the intact line that stores an entry, its escapes undone, in UTF-8. A key has no zero byte. The answer for
   * an offset never changes.
   *
   * @param offset of the line's first byte in the file
   * @param into takes the key from index 0 on; has room for {@link dev.kvstore.core.model.Key#MAX_UTF8_BYTES} bytes
   * @return the key's length in bytes, from 1
   * @throws DamagedLineException if no intact line of an entry stands there
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED if the file cannot be read
   */
  int keyAt(long offset, byte[] into);

  /**
   * Like {@link #keyAt}, but quicker: the line may be damaged, and then so may be the answer. For those who ask {@link #keyAt} before
   * anything depends on it.
   */
  default int guessAt(long offset, byte[] into) {
    return keyAt(offset, into);
  }
}
