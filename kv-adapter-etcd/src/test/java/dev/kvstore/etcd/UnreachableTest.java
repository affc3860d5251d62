package dev.kvstore.etcd;

import static dev.kvstore.etcd.Fixture.assertCode;
import static dev.kvstore.etcd.Fixture.createIn;
import static dev.kvstore.etcd.Fixture.has;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.etcd.testkit.EtcdNode;
import dev.kvstore.etcd.testkit.TestCluster;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** No cluster, or not enough of it: a declared error in bounded time, and all is well when it is back. */
@Timeout(120)
class UnreachableTest {

  private static final Duration CALL = Duration.ofMillis(500);
  private static final Duration WHOLE = Duration.ofSeconds(2);

  /** Generous: the machine may be busy with other things. */
  private static final Duration BOUND = WHOLE.plusSeconds(10);

  private static StoreException assertFails(Executable call) {
    long start = System.nanoTime();
    StoreException failure = assertCode(ErrorCode.STORAGE_FAILED, call);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(taken.compareTo(BOUND) < 0, () -> "it took " + taken);
    return failure;
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String endpoint = "127.0.0.1:" + port;
    EtcdOptions options = EtcdOptions.at(endpoint + "/ns").withTimeouts(CALL, WHOLE);
    StoreException failure = assertFails(() -> EtcdStorage.open(options));
    assertTrue(failure.getMessage().contains(endpoint), failure::getMessage);
    assertTrue(failure.getMessage().contains("Connection refused"), failure::getMessage);
  }

  @Test
  void somebodyListensAndSaysNothing() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String endpoint = "127.0.0.1:" + socket.getLocalPort();
      EtcdOptions options = EtcdOptions.at(endpoint + "/ns").withTimeouts(CALL, WHOLE);
      StoreException failure = assertFails(() -> EtcdStorage.open(options));
      assertTrue(failure.getMessage().contains(endpoint), failure::getMessage);
    }
  }

  @Test
  void aNameThatNobodyHas() {
    EtcdOptions options = EtcdOptions.at("no-such-host.invalid/ns").withTimeouts(CALL, WHOLE);
    StoreException failure = assertFails(() -> EtcdStorage.open(options));
    assertTrue(failure.getMessage().contains("no-such-host.invalid"), failure::getMessage);
  }

  @Test
  void aMinorityIsAsNobodyAndTheWholeIsThereAgainWithoutReopening() throws Exception {
    try (TestCluster cluster = TestCluster.start(3);
        EtcdStorage storage =
            EtcdStorage.open(EtcdOptions.at(cluster.location("ns")).withTimeouts(CALL, WHOLE))) {
      Assertions.assertEquals(CommitResult.APPLIED, createIn(storage, "before", 1));
      cluster.nodes().get(0).kill();
      cluster.nodes().get(1).kill();
      assertFails(() -> has(storage, "before"));
      StoreException write =
          Assertions.assertThrows(StoreException.class, () -> createIn(storage, "during", 1));
      assertTrue(
          write.code() == ErrorCode.OUTCOME_UNKNOWN || write.code() == ErrorCode.STORAGE_FAILED,
          write::toString);
      cluster.nodes().get(2).kill();
      assertFails(() -> createIn(storage, "nobody", 1));
      cluster.nodes().forEach(EtcdNode::start);
      cluster.leader();
      assertTrue(has(storage, "before"), "an acknowledged entry is lost");
      Assertions.assertEquals(CommitResult.APPLIED, createIn(storage, "nobody", 1));
    }
  }
}
