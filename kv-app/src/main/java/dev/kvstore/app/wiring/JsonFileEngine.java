package dev.kvstore.app.wiring;

import dev.kvstore.app.cli.store.Engine;
import dev.kvstore.app.cli.store.OpenRequest;
import dev.kvstore.app.cli.store.StoreCopier;
import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.JsonFileBackup;
import dev.kvstore.jsonfile.JsonFileMaintenance;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.util.Optional;

/** A store in one JSON Lines file. */
final class JsonFileEngine implements Engine {

  @Override
  public String defaultName() {
    return "store.jsonl";
  }

  @Override
  public String dataFile(String location) {
    return StoragePath.parse(location).file().toString();
  }

  @Override
  public StoragePort open(OpenRequest request) {
    return JsonFileStorage.open(FileOptions.of(request));
  }

  @Override
  public boolean readsBesideWriter() {
    return true;
  }

  @Override
  public Optional<MaintenancePort> maintenance(OpenRequest request) {
    return Optional.of(JsonFileMaintenance.of(FileOptions.of(request)));
  }

  @Override
  public Optional<StoreCopier> copier() {
    return Optional.of((source, location, nowMillis, listener) ->
        JsonFileBackup.write(source, StoragePath.parse(location).file(), nowMillis, listener));
  }
}
