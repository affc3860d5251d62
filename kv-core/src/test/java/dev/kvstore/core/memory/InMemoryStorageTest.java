package dev.kvstore.core.memory;

import dev.kvstore.core.contract.InMemoryStorage;
import dev.kvstore.core.contract.StoragePortContract;
import dev.kvstore.core.port.StoragePort;

class InMemoryStorageTest extends StoragePortContract {

  private final InMemoryStorage.Disk disk = new InMemoryStorage.Disk();

  @Override
  protected StoragePort open() {
    return InMemoryStorage.open(disk);
  }
}
