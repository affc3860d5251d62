package dev.kvstore.app.wiring;

import dev.kvstore.app.cli.store.Engine;
import dev.kvstore.app.cli.store.OpenRequest;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.JsonFileStorage;

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
}
