package dev.kvstore.h2;

import dev.kvstore.core.contract.StoragePortContract;
import dev.kvstore.core.port.StoragePort;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2StorageContractTest extends StoragePortContract {

  @TempDir
  Path folder;

  @Override
  protected StoragePort open() {
    return H2Storage.open(folder.resolve("store"));
  }
}
