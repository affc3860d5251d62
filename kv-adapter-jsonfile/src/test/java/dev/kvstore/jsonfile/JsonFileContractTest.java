package dev.kvstore.jsonfile;

import dev.kvstore.core.contract.StoragePortContract;
import dev.kvstore.core.port.StoragePort;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JsonFileContractTest extends StoragePortContract {

  @TempDir
  private Path folder;

  @Override
  protected StoragePort open() {
    return JsonFileStorage.open(folder.resolve("store.jsonl"));
  }
}
