package example;

import dev.kvstore.core.contract.StoragePortContract;
import dev.kvstore.core.port.StoragePort;
import java.util.UUID;

class MapEngineTest extends StoragePortContract {

  private final String name = UUID.randomUUID().toString();

  @Override
  protected StoragePort open() {
    return new MapEngine(name);
  }
}
