package dev.kvstore.etcd;

import static dev.kvstore.etcd.Fixture.ALL;
import static dev.kvstore.etcd.Fixture.NOW;
import static dev.kvstore.etcd.Fixture.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.ProtoWriter;
import dev.kvstore.etcd.rpc.RangeRequest;
import dev.kvstore.etcd.rpc.RawCall;
import dev.kvstore.etcd.rpc.TimeLimit;
import dev.kvstore.etcd.testkit.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries that expire, and the leases by which etcd removes them. */
class ExpiryTest {

  private static final TimeLimit LIMIT = TimeLimit.after(Duration.ofHours(1));

  private final String namespace = Fixture.newNamespace();
  private EtcdCluster etcd;
  private EtcdStorage storage;

  @BeforeEach
  void open() {
    etcd = TestCluster.shared().connect();
    storage = EtcdStorage.open(TestCluster.shared().options(namespace));
  }

  @AfterEach
  void close() {
    if (storage != null) {
      storage.close();
      etcd.close();
    }
  }

  private static void put(EtcdStorage where, String key, long expiresAtMillis) {
    Mutation put = Mutation.put(Key.of(key), value(1), expiresAtMillis);
    assertEquals(CommitResult.APPLIED, where.commit(List.of(put), NOW));
  }

  private long lease(String key) {
    byte[] etcdKey = (namespace + "/" + key).getBytes(StandardCharsets.UTF_8);
    return etcd.range(RangeRequest.of(etcdKey), LIMIT).items().get(0).lease();
  }

  @Test
  void entriesThatExpireTogetherShareALeaseOverAllClients() {
    try (EtcdStorage other = EtcdStorage.open(TestCluster.shared().options(namespace))) {
      // A whole minute, so that the entries lie in one slot.
      long slot = NOW - NOW % 60_000 + 120_000;
      for (int i = 0; i < 100; i++) {
        put(i % 2 == 0 ? storage : other, "k" + i, slot + i * 500L);
      }
      Set<Long> leases =
          IntStream.range(0, 100).mapToObj(i -> lease("k" + i)).collect(Collectors.toSet());
      assertEquals(1, leases.size(), leases::toString);
    }
  }

  @Test
  void aLeaseLastsLongerThanItsEntries() {
    for (long seconds : new long[] {1, 59, 60, 3_600, 86_400, 31_536_000, 8_000_000_000L}) {
      put(storage, "k" + seconds, NOW + seconds * 1_000);
      long left = etcd.leaseSecondsLeft(lease("k" + seconds), LIMIT);
      assertTrue(left > seconds, () -> left + " s for " + seconds + " s");
      assertTrue(left < seconds + seconds / 4 + 700, () -> left + " s for " + seconds + " s");
    }
    put(storage, "late", Entry.NEVER - 1);
    assertTrue(etcd.leaseSecondsLeft(lease("late"), LIMIT) > 8_999_999_000L);
  }

  @Test
  void aLeaseOfSomebodyElseThatEndsTooSoonIsNotUsed() {
    put(storage, "a", NOW + 100_000);
    long lease = lease("a");
    // As if made by a client whose clock is hours ahead.
    revoke(lease);
    assertEquals(lease, etcd.grantLease(lease, 30, LIMIT));
    try (EtcdStorage other = EtcdStorage.open(TestCluster.shared().options(namespace))) {
      put(other, "b", NOW + 100_000);
      assertNotEquals(lease, lease("b"));
      assertTrue(etcd.leaseSecondsLeft(lease("b"), LIMIT) > 100);
    }
  }

  @Test
  void aLeaseThatIsGoneIsMadeAgain() {
    put(storage, "a", NOW + 100_000);
    revoke(lease("a"));
    put(storage, "b", NOW + 100_000);
    assertEquals(List.of(Key.of("b")), storage.scanKeys(ALL, 9, NOW).items());
  }

  @Test
  void anEntryWithoutExpiryHasNoLeaseAlsoAfterOneThatHad() {
    put(storage, "a", NOW + 100_000);
    long lease = lease("a");
    put(storage, "a", Entry.NEVER);
    assertEquals(0, lease("a"));
    revoke(lease);
    assertEquals(List.of(Key.of("a")), storage.scanKeys(ALL, 9, NOW).items());
  }

  @Test
  void longListsOfExpiringEntriesAreRightWithAndWithoutValues() {
    for (int i = 0; i < 300; i += 50) {
      int first = i;
      storage.commit(
          IntStream.range(i, i + 50)
              .mapToObj(j -> Mutation.create(
                  Key.of("k" + (1_000 + j)), value(j), j % 3 == 0 ? Entry.NEVER : NOW + first))
              .toList(),
          NOW - 1_000);
    }
    long now = NOW + 100;
    List<Key> expected = IntStream.range(0, 300)
        .filter(j -> j % 3 == 0 || now < NOW + j / 50 * 50L)
        .mapToObj(j -> Key.of("k" + (1_000 + j)))
        .toList();
    assertEquals(expected, storage.scanKeys(ALL, 1_000, now).items());
    assertEquals(
        expected, storage.scan(ALL, 1_000, now).items().stream().map(Entry::key).toList());
    storage.compact(now);
    assertEquals(expected.size(), storage.status(NOW - 1_000).liveEntries());
  }

  /** One piece after the other of a page for one entry would take longer than a call may. */
  @Test
  void aShortListGoesOverManyThatHaveExpired() {
    for (int i = 0; i < 20_000; i += 64) {
      storage.commit(
          IntStream.range(i, i + 64)
              .mapToObj(j -> Mutation.put(Key.of("k" + (100_000 + j)), value(j), NOW))
              .toList(),
          NOW - 1_000);
    }
    put(storage, "live", Entry.NEVER);
    EtcdOptions usual = EtcdOptions.at(TestCluster.shared().location(namespace));
    try (EtcdStorage other = EtcdStorage.open(usual)) {
      assertEquals(List.of(Key.of("live")), other.scanKeys(ALL, 1, NOW).items());
      assertEquals(Key.of("live"), other.scan(ALL, 1, NOW).items().get(0).key());
    }
  }

  private void revoke(long lease) {
    RawCall.make(
        TestCluster.shared().access(),
        "Lease/LeaseRevoke",
        new ProtoWriter().number(1, lease),
        LIMIT);
  }
}
