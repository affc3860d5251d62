package example;

import dev.kvstore.core.contract.StoreModelContract;
import dev.kvstore.core.port.StoragePort;

class MapEngineModelTest extends StoreModelContract {

  @Override
  protected StoragePort open(long chain) {
    return new MapEngine("chain " + chain);
  }
}
