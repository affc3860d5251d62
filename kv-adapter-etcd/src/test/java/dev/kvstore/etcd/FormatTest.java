package dev.kvstore.etcd;

import static dev.kvstore.etcd.Fixture.ALL;
import static dev.kvstore.etcd.Fixture.NOW;
import static dev.kvstore.etcd.Fixture.assertCode;
import static dev.kvstore.etcd.Fixture.createIn;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.KeyValue;
import dev.kvstore.etcd.rpc.RangeRequest;
import dev.kvstore.etcd.rpc.TimeLimit;
import dev.kvstore.etcd.rpc.TxnRequest;
import dev.kvstore.etcd.testkit.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lies in etcd, and what others may have put there. */
class FormatTest {

  private static final TimeLimit LIMIT = TimeLimit.after(Duration.ofHours(1));

  private final String namespace = Fixture.newNamespace();
  private EtcdCluster etcd;

  @BeforeEach
  void connect() {
    etcd = TestCluster.shared().connect();
  }

  @AfterEach
  void close() {
    if (etcd != null) {
      etcd.close();
    }
  }

  private EtcdStorage open() {
    return EtcdStorage.open(TestCluster.shared().options(namespace));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void put(String key, byte[] value) {
    etcd.repeatable(new TxnRequest().put(bytes(key), value, 0), LIMIT);
  }

  private byte[] get(String key) {
    return etcd.range(RangeRequest.of(bytes(key)), LIMIT).items().get(0).value();
  }

  @Test
  void aStoredValueIsALineAndTheJson() throws Exception {
    Key key = Key.of("k");
    byte[] stored = new StoredValue(JsonValue.parse("{\"a\":1e400}"), 17, "id-1").encode(key);
    String text = new String(stored, StandardCharsets.UTF_8);
    assertTrue(text.matches("kv1 id-1 17 [0-9a-f]{8}\n\\{\"a\":1e400}"), text);
    StoredValue read = StoredValue.decode(key, stored);
    assertEquals(new StoredValue(JsonValue.parse("{\"a\":1e400}"), 17, "id-1"), read);
    byte[] endless = new StoredValue(JsonValue.parse("1"), Entry.NEVER, "id-1").encode(key);
    assertArrayEquals(bytes("kv1 id-1 - 5cee4e45\n1"), endless);
  }

  @Test
  void everyFlippedBitIsSeen() {
    Key key = Key.of("k");
    byte[] stored = new StoredValue(JsonValue.parse("{\"a\":1}"), 17, "id-1").encode(key);
    for (int bit = 0; bit < stored.length * 8; bit++) {
      byte[] damaged = stored.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThrows(StoredValue.FaultException.class, () -> StoredValue.decode(key, damaged));
    }
  }

  @Test
  void aValueUnderTheKeyOfAnotherIsDamage() {
    try (EtcdStorage storage = open()) {
      createIn(storage, "a", 1);
      put(namespace + "/b", get(namespace + "/a"));
      assertCode(ErrorCode.STORE_CORRUPT, () -> storage.find(Key.of("b"), NOW));
      assertCode(ErrorCode.STORE_CORRUPT, () -> storage.scan(ALL, 9, NOW));
      assertEquals(1, storage.scanKeys(ALL, 1, NOW).items().size());
    }
  }

  @Test
  void whatOthersWroteIsNamedAndLeft() {
    try (EtcdStorage storage = open()) {
      for (String foreign : List.of("", "text", "kv", "kv1", "kv1 a - 00000000\n{}", "{}\n")) {
        put(namespace + "/k", bytes(foreign));
        String message = assertCode(ErrorCode.STORE_CORRUPT, () -> storage.find(Key.of("k"), NOW))
            .getMessage();
        assertTrue(message.contains(namespace + "/k"), message);
        assertCode(ErrorCode.STORE_CORRUPT, () -> createIn(storage, "k", 1));
        assertArrayEquals(bytes(foreign), get(namespace + "/k"));
      }
    }
  }

  @Test
  void aNewerFormatIsRefused() {
    try (EtcdStorage storage = open()) {
      put(namespace + "/k", bytes("kv2 something new\n{}"));
      assertCode(ErrorCode.UNSUPPORTED_FORMAT, () -> storage.find(Key.of("k"), NOW));
      assertCode(ErrorCode.UNSUPPORTED_FORMAT, () -> createIn(storage, "k", 1));
    }
    put(namespace + "/", bytes("kv store, format 2\n"));
    assertCode(ErrorCode.UNSUPPORTED_FORMAT, this::open);
    put(namespace + "/", bytes("something else"));
    assertCode(ErrorCode.UNSUPPORTED_FORMAT, this::open);
  }

  @Test
  void aNamespaceOfOthersIsLeftAlone() {
    put(namespace + "/theirs", bytes("x"));
    assertCode(ErrorCode.UNSUPPORTED_FORMAT, this::open);
    byte[] marker = bytes(namespace + "/");
    List<KeyValue> found = etcd.range(RangeRequest.of(marker), LIMIT).items();
    assertEquals(List.of(), found);
  }

  @Test
  void storesDoNotSeeEachOther() {
    EtcdOptions longer = TestCluster.shared().options(namespace + "0");
    try (EtcdStorage storage = open();
        EtcdStorage neighbour = EtcdStorage.open(longer)) {
      createIn(storage, "a", 1);
      createIn(neighbour, "b", 2);
      assertEquals(List.of(Key.of("a")), storage.scanKeys(ALL, 9, NOW).items());
      assertEquals(List.of(Key.of("b")), neighbour.scanKeys(ALL, 9, NOW).items());
    }
  }

  @Test
  void aStoreThatIsNotThereIsMissingUnlessItMayBeMade() {
    EtcdOptions options = TestCluster.shared().options(namespace);
    assertCode(ErrorCode.STORE_MISSING, () -> EtcdStorage.open(options.mustExist()));
    assertCode(ErrorCode.STORE_MISSING, () -> EtcdStorage.open(options.asReadOnly()));
    open().close();
    EtcdStorage.open(options.mustExist()).close();
    try (EtcdStorage reader = EtcdStorage.open(options.asReadOnly())) {
      assertCode(ErrorCode.UNSUPPORTED, () -> createIn(reader, "k", 1));
      assertCode(ErrorCode.UNSUPPORTED, () -> reader.compact(NOW));
      assertEquals(0, reader.status(NOW).liveEntries());
    }
  }
}
