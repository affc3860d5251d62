package dev.kvstore.jsonfile.process;

import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.trial.Engine;
import dev.kvstore.jsonfile.JsonFileMaintenance;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** This engine, for the trials that are the same for all. */
public final class JsonFileEngine implements Engine {

  @Override
  public StoragePort open(StorageOptions options) {
    return JsonFileStorage.open(options);
  }

  @Override
  public MaintenancePort maintenance(Path path) {
    return JsonFileMaintenance.of(path);
  }

  @Override
  public Path dataFile(Path path) {
    return path;
  }

  @Override
  public List<Path> files(Path path) {
    return Stream.of("", ".lock", ".compact", ".index", ".index.tmp")
        .map(suffix -> Path.of(path + suffix))
        .toList();
  }
}
