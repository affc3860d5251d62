package dev.kvstore.app.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.port.StoragePort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  void aStoreThatCannotBeClosedIsToldAndTheOthersAreClosed() {
    StoragePort failing = mock();
    StoreException failure = StorageFailedException.outcomeUnknown("x", Map.of(), null);
    doThrow(failure).when(failing).close();
    List<StoreException> told = new ArrayList<>();
    termination.reportTo(told::add);
    termination.watch(new KeyValueStore(failing, () -> Instant.EPOCH));
    termination.watch(store);
    termination.run();
    verify(port).close();
    assertEquals(List.of(failure), told);
  }

  @Test
  void closesAtOnceWhatIsOpenedTooLate() {
    termination.run();
    termination.watch(store);
    verify(port).close();
  }
}
