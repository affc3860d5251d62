package dev.kvstore.h2;

import dev.kvstore.core.contract.StoreModelContract;
import dev.kvstore.core.port.StoragePort;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2StorageModelTest extends StoreModelContract {

  @TempDir
  Path folder;

  @Override
  protected StoragePort open(long chain) {
    return H2Storage.open(folder.resolve("store" + chain));
  }
}
