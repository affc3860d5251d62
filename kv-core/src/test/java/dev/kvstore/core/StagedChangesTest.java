package dev.kvstore.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvstore.core.contract.InMemoryStorage;
import dev.kvstore.core.contract.SettableClock;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.TimeToLive;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StagedChangesTest {

  @Test
  void theLastChangeOfEachKeyInOrder() {
    KeyValueStore store = new KeyValueStore(
        InMemoryStorage.open(new InMemoryStorage.Disk()), new SettableClock(1_700_000_000_000L));
    store.create("gone", "{}");
    Session session = store.session();
    assertEquals(List.of(), session.changes());
    session.create("b", "{\"v\":1}");
    session.put("b", "{\"v\":2}", 5);
    session.create("a", "{}");
    session.delete("a");
    session.delete("gone");
    assertEquals(
        List.of(
            new StagedChange(Key.of("a"), Optional.empty(), TimeToLive.unlimited()),
            new StagedChange(
                Key.of("b"), Optional.of(JsonValue.parse("{\"v\":2}")), TimeToLive.ofSeconds(5)),
            new StagedChange(Key.of("gone"), Optional.empty(), TimeToLive.unlimited())),
        session.changes());
    session.close();
    assertThrows(StoreUnavailableException.class, session::changes);
  }
}
