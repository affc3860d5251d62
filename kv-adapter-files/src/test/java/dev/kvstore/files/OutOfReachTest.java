package dev.kvstore.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OutOfReachTest {

  @Test
  void theWorkerIsNotInterruptedAndTheCallerStaysSo() throws IOException {
    try {
      Thread.currentThread().interrupt();
      assertEquals("done", OutOfReach.run(() -> {
        assertFalse(Thread.currentThread().isInterrupted());
        return "done";
      }));
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void whatItThrowsReachesTheCaller() {
    IOException failure = new IOException("x");
    assertSame(
        failure,
        assertThrows(
            IOException.class,
            () -> OutOfReach.run(() -> {
              throw failure;
            })));
    assertThrows(
        IllegalStateException.class,
        () -> OutOfReach.run(() -> {
          throw new IllegalStateException();
        }));
    assertThrows(
        AssertionError.class,
        () -> OutOfReach.run(() -> {
          throw new AssertionError();
        }));
  }
}
