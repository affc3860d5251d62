package dev.kvstore.h2;

import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.trial.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** This engine, for the trials that are the same for all. */
public final class H2Engine implements Engine {

  @Override
  public StoragePort open(StorageOptions options) {
    return H2Storage.open(options);
  }

  @Override
  public MaintenancePort maintenance(Path path) {
    return H2Maintenance.of(path);
  }

  @Override
  public Path dataFile(Path path) {
    return Path.of(path + (path.toString().endsWith(".mv.db") ? "" : ".mv.db"));
  }

  @Override
  public List<Path> files(Path path) {
    return Stream.of("", ".lock", ".rewrite")
        .map(suffix -> Path.of(dataFile(path) + suffix))
        .toList();
  }
}
