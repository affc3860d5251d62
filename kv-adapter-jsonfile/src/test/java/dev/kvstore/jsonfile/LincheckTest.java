package dev.kvstore.jsonfile;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.contract.CheckThenActStorage;
import dev.kvstore.core.contract.SettableClock;
import dev.kvstore.core.contract.lincheck.LincheckContract;
import dev.kvstore.core.contract.lincheck.StoreOperations;
import dev.kvstore.core.port.StoragePort;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class LincheckTest extends LincheckContract {

  private static final AtomicLong RUNS = new AtomicLong();

  @TempDir
  private static Path folder;

  private static StoragePort port;

  /** On the engine. */
  public static final class Sound extends StoreOperations {
    /** All on one store. */
    public Sound() {
      super(on(port), RUNS.incrementAndGet() + "-");
    }
  }

  /** On the engine with a race. */
  public static final class Spoiled extends StoreOperations {
    /** All on one store. */
    public Spoiled() {
      super(on(new CheckThenActStorage(port)), RUNS.incrementAndGet() + "-");
    }
  }

  @BeforeAll
  static void open() {
    port = JsonFileStorage.open(folder.resolve("s.jsonl"));
  }

  @AfterAll
  static void close() {
    port.close();
  }

  private static KeyValueStore on(StoragePort engine) {
    return new KeyValueStore(engine, new SettableClock(1_800_000_000_000L));
  }

  @Override
  protected Class<?> operations() {
    return Sound.class;
  }

  @Override
  protected Class<?> spoiledOperations() {
    return Spoiled.class;
  }
}
