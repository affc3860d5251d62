package dev.kvstore.jsonfile;

import dev.kvstore.core.contract.lincheck.EngineLincheckContract;
import dev.kvstore.core.port.StoragePort;
import java.nio.file.Path;

class LincheckTest extends EngineLincheckContract {

  @Override
  protected StoragePort open(Path place) {
    return JsonFileStorage.open(place.resolve("s.jsonl"));
  }
}
