package dev.kvstore.jsonfile.order;

import dev.kvstore.files.StorageFailures;
import dev.kvstore.jsonfile.file.Scratch;
import java.io.IOException;
import java.nio.file.Path;

/** Takes the memory that the ordered view needs. */
final class Memory {

  private Memory() {}

  /**
   * Memory for {@code count} items of {@code size} bytes.
   *
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED if the machine gives none
   */
  static Scratch of(int count, int size) {
    try {
      return Scratch.allocate(Math.max(1, Math.multiplyExact(count, size)));
    } catch (IOException e) {
      throw StorageFailures.failed(
          "take memory to sort keys from", Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }
}
