package dev.kvstore.files.trial;

import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StorageOptions;
import java.nio.file.Path;
import java.util.List;

/** What the trials ask of an engine. The class is public and has a constructor without parameters: other processes make it, too. */
public interface Engine {

  /** The engine whose class has this name. */
  static Engine of(String name) throws ReflectiveOperationException {
    return Class.forName(name).asSubclass(Engine.class).getDeclaredConstructor().newInstance();
  }

  /** Opens a store as the engine does for everybody. */
  StoragePort open(StorageOptions options);

  /** Maintenance of the store at {@code path}. */
  MaintenancePort maintenance(Path path);

  /** The data file of the store at {@code path}. */
  Path dataFile(Path path);

  /** Every file that the engine may make for that store, the data file first. */
  List<Path> files(Path path);
}
