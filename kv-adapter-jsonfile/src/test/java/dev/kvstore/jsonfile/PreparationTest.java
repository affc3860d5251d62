package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.kvstore.jsonfile.file.StoreFile;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PreparationTest {

  private final StoreFile file = mock(StoreFile.class);
  private final Preparation preparation = new Preparation(file, 100, 900);

  @Test
  void whatWasMadeIsSpace() throws IOException {
    preparation.run();
    assertEquals(900, preparation.end());
    assertFalse(preparation.hasFailed());
    verify(file).prepare(100, 900);
  }

  @Test
  void whatNobodyHasBegunIsCalledOffForGood() throws IOException {
    assertEquals(100, preparation.end());
    assertFalse(preparation.hasFailed());
    preparation.run();
    assertEquals(100, preparation.end());
    verify(file, never()).prepare(anyLong(), anyLong());
  }

  @Test
  void whatFailedIsNoSpace() throws IOException {
    doThrow(new IOException("no space left")).when(file).prepare(anyLong(), anyLong());
    preparation.run();
    assertEquals(100, preparation.end());
    assertTrue(preparation.hasFailed());
  }

  @Test
  void whatIsUnderWayIsWaitedForWhateverInterrupts() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    doAnswer(call -> {
          begun.countDown();
          assertTrue(mayEnd.await(1, TimeUnit.MINUTES));
          return null;
        })
        .when(file)
        .prepare(anyLong(), anyLong());
    Thread maker = new Thread(preparation);
    maker.start();
    assertTrue(begun.await(1, TimeUnit.MINUTES));
    CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
    CompletableFuture<Long> end = new CompletableFuture<>();
    Thread waiter = new Thread(() -> {
      end.complete(preparation.end());
      stillInterrupted.complete(Thread.currentThread().isInterrupted());
    });
    waiter.start();
    while (waiter.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    waiter.interrupt();
    assertFalse(end.isDone());
    mayEnd.countDown();
    assertEquals(900, end.get(1, TimeUnit.MINUTES));
    assertTrue(stillInterrupted.get(1, TimeUnit.MINUTES));
    maker.join();
  }
}
