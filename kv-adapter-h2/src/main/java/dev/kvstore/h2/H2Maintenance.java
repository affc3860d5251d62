package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.port.DamagedPlaces;
import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.RepairReport;
import dev.kvstore.core.port.VerifyReport;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Maintenance of a store of this engine. Every row is read and its checksum verified, the damaged ones are named by key. A file
 * that cannot be opened is one damaged place; what is repaired of it is the newest state that H2 can read, if there is one, and
 * else STORE_CORRUPT is thrown. The rows behind a part of the file in which H2 does not find its way are lost.
 *
 * <p>A row holds what its key has and nothing of what it had, so no entry of a repaired store is uncertain, unless the store could
 * not be opened: then all are. A row that is lost may have been of any value.
 */
public final class H2Maintenance implements MaintenancePort {

  private final StorageOptions options;

  private H2Maintenance(StorageOptions options) {
    this.options = options;
  }

  /** Of the store at {@code file}, as {@link H2Storage#open(Path)} takes it. */
  public static H2Maintenance of(Path file) {
    return of(StorageOptions.at(StoragePath.of(file)));
  }

  /**
   * Of the store that {@code options} name. Of these count the path and the wait for the lock. The store is only looked at, so other
   * processes can look at it meanwhile, too, and none can change it.
   */
  public static H2Maintenance of(StorageOptions options) {
    return new H2Maintenance(StorageOptions.at(options.path())
        .withCommand(options.command())
        .withLockWait(options.lockWait())
        .asReadOnly());
  }

  @Override
  public VerifyReport verify(ProgressListener listener) {
    Path file = H2Location.dataFile(options.path()).file();
    try (H2Storage store = H2Storage.open(options)) {
      ReadableRows rows = walk(store, file, listener, entry -> {});
      return report(file, rows.read(), store.leftBehind(), rows.places());
    } catch (StoreException e) {
      DamagedPlaces places = new DamagedPlaces();
      places.add(ReadableRows.damaged(file.toString(), Optional.empty(), ReadableRows.text(e)));
      return report(file, 0, 0, places);
    }
  }

  @Override
  public RepairReport repair(String target, ProgressListener listener) {
    Path file = H2Location.dataFile(options.path()).file();
    StoragePath made = H2Location.dataFile(StoragePath.parse(target));
    try (Subject subject = openSomehow()) {
      // Before anything is made: who asked may give it up.
      listener.reached(0, 0);
      return salvage(subject, file, made, listener);
    } catch (IOException e) {
      throw StorageFailures.failed("write", made.file(), e);
    }
  }

  private RepairReport salvage(
      Subject subject, Path file, StoragePath made, ProgressListener listener) throws IOException {
    try (NewStore copy = NewStore.begin(made, options.command())) {
      ReadableRows rows = walk(subject.store(), file, listener, copy::add);
      copy.publish();
      DamagedPlaces places = rows.places();
      long uncertain = 0;
      if (subject.damage() != null) {
        places.add(ReadableRows.damaged(
            file.toString(), Optional.empty(), ReadableRows.text(subject.damage())));
        uncertain = rows.read();
      }
      return new RepairReport(
          made.file().toString(),
          rows.read(),
          uncertain,
          subject.damage() == null ? subject.store().leftBehind() : 0,
          places.count(),
          places.places());
    }
  }

  /**
   * What is repaired.
   *
   * @param store the store
   * @param damage why it could not be opened as it should be; null if it could
   */
  private record Subject(H2Storage store, @Nullable CorruptStoreException damage)
      implements AutoCloseable {
    @Override
    public void close() {
      store.close();
    }
  }

  private Subject openSomehow() {
    try {
      return new Subject(H2Storage.open(options), null);
    } catch (CorruptStoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      return new Subject(H2Storage.openDamaged(options, e), e);
    }
  }

  private static ReadableRows walk(
      H2Storage store, Path file, ProgressListener listener, Consumer<Entry> visitor) {
    ReadableRows rows = new ReadableRows(store, file.toString());
    long total = rows.expectedBytes();
    rows.forEach(entry -> {
      visitor.accept(entry);
      listener.reached(rows.readBytes(), total == 0 ? 0 : Math.max(total, rows.readBytes()));
    });
    return rows;
  }

  private static VerifyReport report(
      Path file, long entries, long tornBytes, DamagedPlaces places) {
    try {
      return new VerifyReport(
          H2Storage.ENGINE,
          file.toString(),
          entries,
          Files.size(file),
          tornBytes,
          places.count(),
          places.places());
    } catch (IOException e) {
      throw StorageFailures.failed("read", file, e);
    }
  }
}
