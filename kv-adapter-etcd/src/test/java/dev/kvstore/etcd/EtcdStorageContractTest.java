package dev.kvstore.etcd;

import dev.kvstore.core.contract.StoragePortContract;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.etcd.testkit.TestCluster;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;

class EtcdStorageContractTest extends StoragePortContract {

  private final String namespace = "contract-" + UUID.randomUUID();

  @BeforeAll
  static void requireEtcd() {
    TestCluster.requireEtcd();
  }

  @Override
  protected StoragePort open() {
    return EtcdStorage.open(TestCluster.shared().options(namespace));
  }

  @Override
  protected boolean isExclusive() {
    return false;
  }
}
