package dev.kvstore.etcd;

import static dev.kvstore.etcd.Fixture.NOW;
import static dev.kvstore.etcd.Fixture.await;
import static dev.kvstore.etcd.Fixture.createIn;
import static dev.kvstore.etcd.Fixture.delete;
import static dev.kvstore.etcd.Fixture.has;
import static dev.kvstore.etcd.Fixture.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.TimeLimit;
import dev.kvstore.etcd.rpc.TxnRequest;
import dev.kvstore.etcd.testkit.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that never come, and requests that come late: the store finds out what became of them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostAnswerTest {

  private final String namespace = Fixture.newNamespace();
  private LossyProxy proxy;
  private EtcdStorage behindProxy;
  private EtcdStorage other;

  @BeforeEach
  void open() throws Exception {
    TestCluster cluster = TestCluster.shared();
    other = EtcdStorage.open(cluster.options(namespace));
    proxy = new LossyProxy(cluster.nodes().get(0).clientPort());
    behindProxy = EtcdStorage.open(EtcdOptions.at("127.0.0.1:" + proxy.port() + "/" + namespace)
        .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(60)));
    // So that there is a connection to lose something on.
    assertFalse(has(behindProxy, "k"));
  }

  @AfterEach
  void close() throws Exception {
    if (proxy != null) {
      behindProxy.close();
      proxy.close();
      other.close();
    }
  }

  private static <T> CompletableFuture<T> begin(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
  }

  @Test
  void aWriteThatTookPlaceIsAcknowledged() throws Exception {
    proxy.loseAnswers();
    CompletableFuture<CommitResult> result = begin(() -> createIn(behindProxy, "k", 1));
    await(() -> has(other, "k"));
    proxy.reconnect();
    assertEquals(CommitResult.APPLIED, result.get());
    assertEquals(value(1), other.find(Key.of("k"), NOW).orElseThrow().value());
  }

  @Test
  void aWriteThatTookPlaceAndWasUndoneByAnotherIsNotDoneAgain() throws Exception {
    proxy.loseAnswers();
    CompletableFuture<CommitResult> result = begin(() -> createIn(behindProxy, "k", 1));
    await(() -> has(other, "k"));
    assertEquals(CommitResult.APPLIED, delete(other, "k"));
    proxy.reconnect();
    assertEquals(CommitResult.APPLIED, result.get());
    assertFalse(has(other, "k"));
  }

  @Test
  void aRequestThatComesLateChangesNothing() throws Exception {
    proxy.keepRequests();
    CompletableFuture<CommitResult> result = begin(() -> createIn(behindProxy, "k", 1));
    await(proxy::hasKept);
    proxy.reconnect();
    assertEquals(CommitResult.APPLIED, result.get(), "it was tried again");
    assertEquals(CommitResult.APPLIED, delete(other, "k"));
    proxy.deliverKept();
    Thread.sleep(1_000);
    assertFalse(has(other, "k"), "a deleted key has come back");
  }

  @Test
  void aRefusalIsFoundOut() throws Exception {
    proxy.keepRequests();
    CompletableFuture<CommitResult> result = begin(() -> createIn(behindProxy, "k", 1));
    await(proxy::hasKept);
    createIn(other, "k", 2);
    proxy.reconnect();
    assertEquals(CommitResult.refused(Key.of("k")), result.get());
  }

  @Test
  void aRemovalOfWhatIsGoneIsUnknown() throws Exception {
    createIn(other, "k", 1);
    // What it reads first is not to be lost.
    proxy.loseAnswersOnce(() -> !has(other, "k"));
    CompletableFuture<CommitResult> result = begin(() -> delete(behindProxy, "k"));
    await(() -> !has(other, "k"));
    proxy.reconnect();
    assertUnknown(result);
  }

  @Test
  void aRemovalOfSeveralKeysIsNotDoneAgain() throws Exception {
    createIn(other, "there", 1);
    List<Mutation> removals = Stream.of("not", "there")
        .map(key -> new Mutation(Key.of(key), Expectation.ANY, Effect.REMOVE))
        .toList();
    proxy.loseAnswersOnce(() -> !has(other, "there"));
    CompletableFuture<CommitResult> result = begin(() -> behindProxy.commit(removals, NOW));
    await(() -> !has(other, "there"));
    createIn(other, "there", 2);
    proxy.reconnect();
    assertUnknown(result);
    assertTrue(has(other, "there"), "what another has created since is gone");
  }

  private static void assertUnknown(CompletableFuture<CommitResult> result) {
    ExecutionException thrown = assertThrows(ExecutionException.class, result::get);
    StoreException unknown = assertInstanceOf(StoreException.class, thrown.getCause());
    assertEquals(ErrorCode.OUTCOME_UNKNOWN, unknown.code());
  }

  @Test
  void whatOthersHaveWrittenThereSinceIsNoEntryOfIts() throws Exception {
    proxy.loseAnswers();
    CompletableFuture<CommitResult> result = begin(() -> createIn(behindProxy, "k", 1));
    await(() -> has(other, "k"));
    try (EtcdCluster etcd = TestCluster.shared().connect()) {
      byte[] key = (namespace + "/k").getBytes(StandardCharsets.UTF_8);
      etcd.repeatable(
          new TxnRequest().put(key, new byte[] {'?'}, 0), TimeLimit.after(Duration.ofMinutes(1)));
    }
    proxy.reconnect();
    assertEquals(CommitResult.APPLIED, result.get());
  }

  @Test
  void aSessionThatTookPlaceIsAcknowledgedByAnyOfItsKeys() throws Exception {
    createIn(other, "gone", 1);
    List<Mutation> session = List.of(
        new Mutation(Key.of("gone"), Expectation.ANY, Effect.REMOVE),
        Mutation.create(Key.of("new"), value(2), Entry.NEVER));
    proxy.loseAnswers();
    CompletableFuture<CommitResult> result = begin(() -> behindProxy.commit(session, NOW));
    await(() -> has(other, "new"));
    proxy.reconnect();
    assertEquals(CommitResult.APPLIED, result.get());
    assertFalse(has(other, "gone"));
  }
}
