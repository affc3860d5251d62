package dev.kvstore.jsonfile.recovery;

import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.FileCopy;
import dev.kvstore.jsonfile.file.ReadableFile;
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
  private final Path temporary;

  /**
   * For the tail of the store at {@code path}.
   *
   * @param temporary the name under which the copy is written until it is whole; nothing has it
   */
  public TornTail(StoreFileSystem fileSystem, StoragePath path, Path temporary) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.temporary = temporary;
  }

  /**
   * Copies the torn tail of {@code file} into a new file beside it, durably. A crash before the tail is cut leads here again, and
   * then the copy that is there already will do.
   *
   * @return the file that holds the copy
   */
  public Path keepAside(ReadableFile file, Recovered recovered) throws IOException {
    long seq = recovered.end().seq() + 1;
    long from = recovered.end().offset();
    long to = from + recovered.tornBytes();
    for (int attempt = 0; ; attempt++) {
      Path aside = path.sidecar(".torn-" + seq + (attempt == 0 ? "" : "." + attempt));
      if (!fileSystem.exists(aside)) {
        try (StoreFile copy = fileSystem.create(temporary)) {
          FileCopy.copy(file, from, to, copy, 0);
          copy.force();
        }
        fileSystem.rename(temporary, aside);
      } else if (!holds(aside, file, from, to)) {
        continue;
      }
      fileSystem.forceFolder(path.folder());
      return aside;
    }
  }

  private boolean holds(Path aside, ReadableFile file, long from, long to) throws IOException {
    try (ReadableFile copy = fileSystem.openToRead(aside)) {
      long length = to - from;
      if (copy.size() != length) {
        return false;
      }
      for (long done = 0; done < length; ) {
        byte[] expected = new byte[(int) Math.min(CHUNK_BYTES, length - done)];
        byte[] found = new byte[expected.length];
        file.read(from + done, expected);
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
