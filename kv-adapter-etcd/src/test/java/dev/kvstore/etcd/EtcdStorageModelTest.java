package dev.kvstore.etcd;

import dev.kvstore.core.contract.StoreModelContract;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.etcd.testkit.TestCluster;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;

class EtcdStorageModelTest extends StoreModelContract {

  private final String run = "model-" + UUID.randomUUID() + "-";

  @BeforeAll
  static void requireEtcd() {
    TestCluster.requireEtcd();
  }

  @Override
  protected StoragePort open(long chain) {
    return EtcdStorage.open(TestCluster.shared().options(run + chain));
  }

  /** Each step is some twenty calls over the network. */
  @Override
  protected int chains() {
    return 5;
  }
}
