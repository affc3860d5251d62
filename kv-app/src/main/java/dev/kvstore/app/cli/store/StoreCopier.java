package dev.kvstore.app.cli.store;

import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.StoragePort;

/** Writes copies of stores. */
public interface StoreCopier {

  /**
   * Writes what is live in {@code source} into a new store, which appears under its name when it is whole and on the disk.
   *
   * @param source stays open
   * @param location where the copy shall lie, as the user wrote it
   * @param nowMillis in milliseconds since 1970
   * @param listener told how many entries are written, and of how many
   * @return how many entries it has
   * @throws dev.kvstore.core.error.StoreException INVALID_LOCATION if something is there, or what else the engines meet
   */
  long write(StoragePort source, String location, long nowMillis, ProgressListener listener);
}
