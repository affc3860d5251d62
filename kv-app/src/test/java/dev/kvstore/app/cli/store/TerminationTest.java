package dev.kvstore.app.cli.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.port.StoragePort;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TerminationTest {

  private final StoragePort port = mock();
  private final KeyValueStore store = new KeyValueStore(port, () -> Instant.EPOCH);
  private final Termination termination = new Termination();

  @Test
  void closesTheStoreAtTheEnd() {
    termination.watch(store);
    assertFalse(termination.hasBegun());
    verify(port, never()).close();
    termination.run();
    assertTrue(termination.hasBegun());
    verify(port).close();
  }

  @Test
  void closesAtOnceWhatIsOpenedTooLate() {
    termination.run();
    termination.watch(store);
    verify(port).close();
  }
}
