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

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.etcd.testkit.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that never come, and requests that come late: the store finds out what became of them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostAnswerTest {

  private LossyProxy proxy;
  private EtcdStorage behindProxy;
  private EtcdStorage other;

  @BeforeEach
  void open() throws Exception {
    TestCluster cluster = TestCluster.shared();
    String namespace = Fixture.newNamespace();
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
    // It reads first, and what it reads is not to be lost; so it removes without looking.
    Mutation removal = new Mutation(Key.of("k"), Expectation.ANY, Effect.REMOVE);
    proxy.loseAnswers();
    CompletableFuture<CommitResult> result = begin(() -> behindProxy.commit(List.of(removal), NOW));
    await(() -> !has(other, "k"));
    proxy.reconnect();
    ExecutionException thrown = assertThrows(ExecutionException.class, result::get);
    StoreException unknown = assertInstanceOf(StoreException.class, thrown.getCause());
    assertEquals(ErrorCode.OUTCOME_UNKNOWN, unknown.code());
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
