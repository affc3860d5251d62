package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.Session;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class UseOfTheStoreTest {

  @Test
  void theRulesWorkOverAnEngineOfOnesOwn() {
    try (KeyValueStore store = new KeyValueStore(new MapEngine("use"), InstantSource.system())) {
      store.create("user:7", "{\"name\": \"Ada\"}", 3600);
      assertEquals("{\"name\":\"Ada\"}", store.read("user:7"));
      StoreException refusal = assertThrows(StoreException.class, () -> store.create("user:7", "{}"));
      assertEquals(ErrorCode.KEY_EXISTS, refusal.code());
      try (Session session = store.session()) {
        session.delete("user:7");
        session.create("user:8", "{}");
        session.commit();
      }
      assertFalse(store.exists("user:7"));
    }
  }
}
