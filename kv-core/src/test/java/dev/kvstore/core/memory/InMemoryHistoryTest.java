package dev.kvstore.core.memory;

import dev.kvstore.core.contract.InMemoryStorage;
import dev.kvstore.core.contract.history.HistoryContract;
import dev.kvstore.core.port.StoragePort;
import java.nio.file.Path;

class InMemoryHistoryTest extends HistoryContract {

  @Override
  protected StoragePort open(Path folder) {
    return InMemoryStorage.open(new InMemoryStorage.Disk());
  }
}
