package dev.kvstore.core.contract.lincheck;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.contract.CheckThenActStorage;
import dev.kvstore.core.contract.SettableClock;
import dev.kvstore.core.port.StoragePort;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Lincheck on an engine whose opening takes its time: all runs of a test use one store, each with keys of its own. */
public abstract class EngineLincheckContract extends LincheckContract {

  private static final AtomicLong RUNS = new AtomicLong();

  // Lincheck makes the operations by a constructor without parameters.
  private static volatile @Nullable StoragePort port;

  @TempDir
  private Path folder;

  /** On the engine. */
  public static final class Sound extends StoreOperations {
    /** A run. */
    public Sound() {
      super(on(engine()), RUNS.incrementAndGet() + "-");
    }
  }

  /** On the engine with a race. */
  public static final class Spoiled extends StoreOperations {
    /** A run. */
    public Spoiled() {
      super(on(new CheckThenActStorage(engine())), RUNS.incrementAndGet() + "-");
    }
  }

  /** Opens a store in an empty folder. */
  protected abstract StoragePort open(Path place);

  @BeforeEach
  final void open() {
    port = open(folder);
  }

  @AfterEach
  final void close() {
    engine().close();
    port = null;
  }

  private static StoragePort engine() {
    return Objects.requireNonNull(port, "no test runs");
  }

  private static KeyValueStore on(StoragePort engine) {
    return new KeyValueStore(engine, new SettableClock(1_800_000_000_000L));
  }

  @Override
  protected final Class<?> operations() {
    return Sound.class;
  }

  @Override
  protected final Class<?> spoiledOperations() {
    return Spoiled.class;
  }
}
