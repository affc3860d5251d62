package dev.kvstore.app.cli.store;

import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.util.Optional;

/** One kind of storage that a store may lie in, as the command line sees it. */
public interface Engine {

  /** What its default store is called in the folder for the program's data; or its whole location, if it lies in no folder. */
  String defaultName();

  /** Whether its stores are files, and the default one lies in the folder for the program's data. */
  default boolean keepsFiles() {
    return true;
  }

  /** How much a commit to a store that is yet to be made may hold. */
  default SessionLimits sessionLimits() {
    return SessionLimits.FILE_ENGINE;
  }

  /**
   * The data file, absolute; the address in full, if there is none.
   *
   * @param location as the user wrote it
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_LOCATION if no store can lie there
   */
  String dataFile(String location);

  /**
   * Opens a store.
   *
   * @throws dev.kvstore.core.error.StoreException STORE_MISSING, STORE_LOCKED, INVALID_LOCATION or what else the engine meets
   * @throws IllegalArgumentException if the maximum size is out of the engine's bounds
   */
  StoragePort open(OpenRequest request);

  /** Whether a store can be looked at while another opening writes to it. */
  default boolean readsBesideWriter() {
    return false;
  }

  /** Maintenance of a store, which is not opened yet and need not be fit for it; empty if the engine has none. */
  default Optional<MaintenancePort> maintenance(OpenRequest request) {
    return Optional.empty();
  }

  /** What writes a copy of any store as one of this engine; empty if the engine cannot. */
  default Optional<StoreCopier> copier() {
    return Optional.empty();
  }
}
