package dev.kvstore.app.wiring;

import dev.kvstore.app.cli.store.Engine;
import dev.kvstore.app.cli.store.OpenRequest;
import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StoragePath;
import dev.kvstore.h2.H2Maintenance;
import dev.kvstore.h2.H2Storage;
import java.util.Optional;

/** A store in an embedded H2 database. */
final class H2Engine implements Engine {

  private static final String SUFFIX = ".mv.db";

  @Override
  public String defaultName() {
    return "store";
  }

  @Override
  public String dataFile(String location) {
    StoragePath path = StoragePath.parse(location);
    String file = path.file().toString();
    return file.endsWith(SUFFIX) ? file : path.sidecar(SUFFIX).toString();
  }

  @Override
  public StoragePort open(OpenRequest request) {
    return H2Storage.open(FileOptions.of(request));
  }

  @Override
  public Optional<MaintenancePort> maintenance(OpenRequest request) {
    return Optional.of(H2Maintenance.of(FileOptions.of(request)));
  }
}
