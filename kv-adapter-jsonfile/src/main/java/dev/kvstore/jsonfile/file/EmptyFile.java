package dev.kvstore.jsonfile.file;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.files.StoragePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Tells a data file of no bytes, which is as good as none, from one that has lost them. */
public final class EmptyFile {

  private EmptyFile() {}

  /**
   * Nothing, if a file that was found empty at this place may become a store, or has become one meanwhile.
   *
   * @throws CorruptStoreException STORE_CORRUPT if there is an index beside it: no store with an index was ever empty
   */
  public static void requireNew(StoreFileSystem fileSystem, StoragePath path) throws IOException {
    Path index = path.sidecar(".index");
    if (fileSystem.exists(index) && isEmpty(fileSystem, path)) {
      throw CorruptStoreException.damaged(
          "store " + Printable.quote(path.file().toString())
              + " has lost all that was in it: the file is empty, and there is an index of it. "
              + "Nothing was changed; restore the file from a copy, or begin anew by removing "
              + Printable.quote(index.toString()),
          Map.of("file", path.file().toString(), "offset", 0L));
    }
  }

  private static boolean isEmpty(StoreFileSystem fileSystem, StoragePath path) throws IOException {
    try (ReadableFile file = fileSystem.openToRead(path.file())) {
      return file.size() == 0;
    }
  }
}
