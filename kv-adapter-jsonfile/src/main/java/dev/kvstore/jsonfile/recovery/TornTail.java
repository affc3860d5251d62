package dev.kvstore.jsonfile.recovery;

import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.FileCopy;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Keeps aside what a torn last write left in the file. */
public final class TornTail {

  private static final int CHUNK_BYTES = 1 << 16;

  private final StoreFileSystem fileSystem;
  private final StoragePath path;

  /** For the tail of the store at {@code path}. */
  public TornTail(StoreFileSystem fileSystem, StoragePath path) {
    this.fileSystem = fileSystem;
    this.path = path;
  }

  /**
   * Copies the file from {@code offset} to its end into a new file beside it, durably. A crash before the tail is cut leads here
   * again, and then the copy that is there already will do.
   *
   * @param temporary the name under which the copy is written until it is whole; nothing has it
   * @param seq the sequence number that should have come next
   * @return the file that holds the copy
   */
  public Path keepAside(StoreFile file, Path temporary, long offset, long seq) throws IOException {
    for (int attempt = 0; ; attempt++) {
      Path aside = path.sidecar(".torn-" + seq + (attempt == 0 ? "" : "." + attempt));
      if (!fileSystem.exists(aside)) {
        try (StoreFile copy = fileSystem.create(temporary)) {
          FileCopy.copy(file, offset, file.size(), copy, 0);
          copy.force();
        }
        fileSystem.rename(temporary, aside);
      } else if (!holds(aside, file, offset)) {
        continue;
      }
      fileSystem.forceFolder(path.folder());
      return aside;
    }
  }

  private boolean holds(Path aside, StoreFile file, long offset) throws IOException {
    try (StoreFile copy = fileSystem.open(aside)) {
      long length = file.size() - offset;
      if (copy.size() != length) {
        return false;
      }
      for (long done = 0; done < length; ) {
        byte[] expected = new byte[(int) Math.min(CHUNK_BYTES, length - done)];
        byte[] found = new byte[expected.length];
        file.read(offset + done, expected);
        copy.read(done, found);
        if (!Arrays.equals(expected, found)) {
          return false;
        }
        done += expected.length;
      }
      return true;
    }
  }
}
