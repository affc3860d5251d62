package dev.kvstore.jsonfile;

import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.LocalFileSystem;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import dev.kvstore.jsonfile.maintenance.PortCopy;
import java.nio.file.Path;

/** Writes a copy of a store, of any engine, that is itself a store of this engine, with an id of its own. */
public final class JsonFileBackup {

  private JsonFileBackup() {}

  /**
   * Writes the entries that are live at {@code nowMillis} into a new store. It appears under its name when it is whole and on
   * the disk, and only its owner can read it; if the call throws, nothing is there.
   *
   * <p>The copy is of one moment if nobody writes to {@code source} meanwhile. A store of this engine that is in use, by this
   * process or another, is copied from a second opening that only looks: {@link StorageOptions#asReadOnly}.
   *
   * @param source stays open
   * @param target absolute, or relative to the working directory; folders above it are made
   * @param nowMillis in milliseconds since 1970
   * @param listener told how many entries are written, and of how many
   * @return how many entries the copy has
   * @throws StoreException INVALID_LOCATION if something is at {@code target}, or no store can be; STORE_FULL if the copy
   *     would pass 1,000,000,000 bytes; STORAGE_FAILED; and what {@code source} throws
   */
  public static long write(
      StoragePort source, Path target, long nowMillis, ProgressListener listener) {
    return write(source, StoragePath.of(target), nowMillis, listener, new LocalFileSystem());
  }

  static long write(
      StoragePort source,
      StoragePath target,
      long nowMillis,
      ProgressListener listener,
      StoreFileSystem fileSystem) {
    String command = StorageOptions.at(target).command();
    return new PortCopy(source, fileSystem, command).into(target, nowMillis, listener);
  }
}
