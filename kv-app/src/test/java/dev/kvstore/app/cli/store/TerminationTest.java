package dev.kvstore.app.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.StoragePort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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
  void waitsForWorkUntilItHasTakenBackWhatItMade() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean takenBack = new AtomicBoolean();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread worker = new Thread(() -> {
      try {
        termination.during(ProgressListener.NONE, listener -> {
          try {
            while (true) {
              listener.reached(1, 2);
              begun.countDown();
            }
          } finally {
            takenBack.set(true);
          }
        });
      } catch (StoreException e) {
        thrown.set(e);
      }
    });
    worker.start();
    begun.await();
    termination.run();
    assertTrue(takenBack.get());
    worker.join();
    assertEquals(
        ErrorCode.STORE_CLOSED,
        assertInstanceOf(StoreException.class, thrown.get()).code());
  }

  @Test
  void doesNotWaitForWorkThatHasNotBegunOrIsDone() {
    assertEquals(5, termination.<Integer>during(ProgressListener.NONE, listener -> {
      listener.reached(1, 1);
      return 5;
    }));
    termination.during(ProgressListener.NONE, listener -> {
      // It may wait for a lock for as long as it likes.
      termination.run();
      return 0;
    });
  }

  @Test
  void closesAtOnceWhatIsOpenedTooLate() {
    termination.run();
    termination.watch(store);
    verify(port).close();
  }
}
