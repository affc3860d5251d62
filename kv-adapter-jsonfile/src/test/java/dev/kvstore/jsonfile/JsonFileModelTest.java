package dev.kvstore.jsonfile;

import dev.kvstore.core.contract.StoreModelContract;
import dev.kvstore.core.port.StoragePort;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JsonFileModelTest extends StoreModelContract {

  @TempDir
  private Path folder;

  @Override
  protected StoragePort open(long chain) {
    return JsonFileStorage.open(folder.resolve("chain" + chain + ".jsonl"));
  }
}
