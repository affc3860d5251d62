package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.LocalFileSystem;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes its time to force a write: readers go on as before, and nobody is told that it is done. */
@Timeout(60)
class HangingForceTest {

  private static final JsonValue OLD = JsonValue.parse("{\"state\":\"old\"}");
  private static final JsonValue NEW = JsonValue.parse("{\"state\":\"new\"}");

  @TempDir
  private Path folder;

  private final StoreFileSystem local = new LocalFileSystem();
  private final StoreFileSystem disk = mock(StoreFileSystem.class, delegatesTo(local));
  private final CountDownLatch forcing = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private volatile boolean hangs;

  @BeforeEach
  void letForcesHang() throws IOException {
    doAnswer(call -> hanging(local.open(call.getArgument(0)))).when(disk).open(any());
  }

  private StoreFile hanging(StoreFile real) throws IOException {
    StoreFile file = mock(StoreFile.class, delegatesTo(real));
    doAnswer(call -> {
          hang();
          real.force();
          return null;
        })
        .when(file)
        .force();
    doAnswer(call -> {
          hang();
          real.writeForced(
              call.getArgument(0), call.getArgument(1), call.getArgument(2), call.getArgument(3));
          return null;
        })
        .when(file)
        .writeForced(anyLong(), any(), anyInt(), anyInt());
    return file;
  }

  private void hang() throws InterruptedException {
    if (hangs) {
      forcing.countDown();
      release.await();
    }
  }

  @RepeatedTest(5)
  void readersGoOnAndNobodyIsToldBeforeItIsDone() throws Exception {
    StorageOptions options = StorageOptions.at(StoragePath.of(folder.resolve("s.jsonl")));
    try (JsonFileStorage store = JsonFileStorage.open(options, disk, Background.threads())) {
      put(store, "a", OLD);
      hangs = true;
      CompletableFuture<Void> first = CompletableFuture.runAsync(() -> put(store, "a", NEW));
      forcing.await();
      CompletableFuture<Void> second = CompletableFuture.runAsync(() -> put(store, "b", NEW));
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
      while (System.nanoTime() < end) {
        assertEquals(OLD, store.find(Key.of("a"), Stored.NOW).orElseThrow().value());
        assertEquals(Map.of("a", OLD.text()), Stored.in(store));
        assertFalse(first.isDone() || second.isDone(), "told before it was on the disk");
      }
      release.countDown();
      first.get();
      second.get();
      assertEquals(Map.of("a", NEW.text(), "b", NEW.text()), Stored.in(store));
    }
  }

  /** While the first waits for a force that is under way, the second comes in. */
  @RepeatedTest(5)
  void twoClosesAtOnceAreOne() throws Exception {
    StorageOptions options = StorageOptions.at(StoragePath.of(folder.resolve("s.jsonl")))
        .withDurability(Durability.BATCH);
    JsonFileStorage store =
        JsonFileStorage.open(options, disk, Background.threads(), StoreRun.EAGER);
    hangs = true;
    put(store, "a", OLD);
    forcing.await();
    CompletableFuture<Void> first = CompletableFuture.runAsync(store::close);
    CompletableFuture<Void> second = CompletableFuture.runAsync(store::close);
    TimeUnit.MILLISECONDS.sleep(100);
    release.countDown();
    first.get();
    second.get();
    try (JsonFileStorage again = JsonFileStorage.open(options, local, Background.threads())) {
      assertEquals(Map.of("a", OLD.text()), Stored.in(again));
    }
  }

  private static void put(JsonFileStorage store, String key, JsonValue value) {
    assertEquals(
        CommitResult.APPLIED,
        store.commit(List.of(Mutation.put(Key.of(key), value, Entry.NEVER)), Stored.NOW));
  }
}
