package dev.kvstore.core.memory;

import dev.kvstore.core.contract.InMemoryStorage;
import dev.kvstore.core.contract.StoreModelContract;
import dev.kvstore.core.port.StoragePort;
import java.util.HashMap;
import java.util.Map;

class InMemoryModelTest extends StoreModelContract {

  private final Map<Long, InMemoryStorage.Disk> disks = new HashMap<>();

  @Override
  protected StoragePort open(long chain) {
    return InMemoryStorage.open(disks.computeIfAbsent(chain, name -> new InMemoryStorage.Disk()));
  }

  @Override
  protected int chains() {
    return 500;
  }
}
