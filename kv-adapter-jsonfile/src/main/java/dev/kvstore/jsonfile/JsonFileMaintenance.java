package dev.kvstore.jsonfile;

import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.RepairReport;
import dev.kvstore.core.port.VerifyReport;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.LocalFileSystem;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import dev.kvstore.jsonfile.maintenance.StoreSurvey;
import java.nio.file.Path;

/**
 * Maintenance of a store of this engine, also of one that is damaged and does not open.
 *
 * <pre>{@code
 * MaintenancePort maintenance = JsonFileMaintenance.of(Path.of("data/app.jsonl"));
 * if (!maintenance.verify(ProgressListener.NONE).isSound()) {
 *   RepairReport report = maintenance.repair("data/repaired.jsonl", ProgressListener.NONE);
 * }
 * }</pre>
 *
 * <p>Verifying reads the file once, repairing twice. Both need 11 to 16 bytes a key off the heap. If the header is damaged, it is
 * mended where one byte of it is wrong, or told by {@code <file>.index}; else nothing of the file can be checked, and both throw
 * STORE_CORRUPT, or UNSUPPORTED_FORMAT if it does not even begin like one.
 */
public final class JsonFileMaintenance implements MaintenancePort {

  private final StoreSurvey survey;

  JsonFileMaintenance(StorageOptions options, StoreFileSystem fileSystem) {
    this.survey = new StoreSurvey(options, fileSystem);
  }

  /** Of the store in {@code file}, absolute or relative to the working directory. */
  public static JsonFileMaintenance of(Path file) {
    return of(StorageOptions.at(StoragePath.of(file)));
  }

  /**
   * Of the store that {@code options} name. Of these count the path, the name towards others, the wait for the lock, and whether
   * it is only looked at: then beside a process that has it open, and what is there at the moment is verified.
   */
  public static JsonFileMaintenance of(StorageOptions options) {
    return new JsonFileMaintenance(options, new LocalFileSystem());
  }

  @Override
  public VerifyReport verify(ProgressListener listener) {
    return survey.verify(JsonFileStorage.ENGINE, listener);
  }

  @Override
  public RepairReport repair(String target, ProgressListener listener) {
    return survey.repair(StoragePath.parse(target), listener);
  }
}
