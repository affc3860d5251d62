package dev.kvstore.jsonfile.maintenance;

import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.RepairReport;
import dev.kvstore.core.port.VerifyReport;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import java.io.IOException;

/** Checks a store, and salvages what it holds, through any file system. Has no state between calls. */
public final class StoreSurvey {

  private final StorageOptions options;
  private final StoreFileSystem fileSystem;

  /** For the store that {@code options} name. */
  public StoreSurvey(StorageOptions options, StoreFileSystem fileSystem) {
    this.options = options;
    this.fileSystem = fileSystem;
  }

  /** See {@link dev.kvstore.core.port.MaintenancePort#verify}; progress is in bytes. */
  public VerifyReport verify(String engine, ProgressListener listener) {
    try (SourceFile source = SourceFile.open(options, fileSystem)) {
      long total = source.size();
      try (Contents contents = Contents.of(source, done -> listener.reached(done, total))) {
        return new VerifyReport(
            engine,
            source.name(),
            contents.entries(),
            source.size(),
            contents.tornBytes(),
            contents.places().count(),
            contents.places().places());
      }
    } catch (IOException e) {
      throw StorageFailures.failed("read", options.path().file(), e);
    }
  }

  /** See {@link dev.kvstore.core.port.MaintenancePort#repair}; progress is in bytes, and there are two passes. */
  public RepairReport repair(StoragePath target, ProgressListener listener) {
    try (SourceFile source = SourceFile.open(options, fileSystem)) {
      long total = 2 * source.size();
      try (Contents contents = Contents.of(source, done -> listener.reached(done, total))) {
        return salvage(source, contents, target, listener, total);
      }
    } catch (IOException e) {
      throw StorageFailures.failed("repair " + options.path().file() + " into", target.file(), e);
    }
  }

  private RepairReport salvage(
      SourceFile source,
      Contents contents,
      StoragePath target,
      ProgressListener listener,
      long total)
      throws IOException {
    try (NewStoreFile made = NewStoreFile.begin(fileSystem, target, options.command())) {
      Salvage salvage =
          new Salvage(contents, made, done -> listener.reached(total / 2 + done, total));
      source.survey(salvage);
      made.publish(salvage.lastMillis());
      return new RepairReport(
          target.file().toString(),
          salvage.kept(),
          salvage.uncertain(),
          contents.tornBytes(),
          contents.places().count(),
          contents.places().places());
    }
  }
}
