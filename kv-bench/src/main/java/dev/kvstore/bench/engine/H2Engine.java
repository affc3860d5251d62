package dev.kvstore.bench.engine;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.h2.H2Storage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The engine on an embedded H2 database. */
public final class H2Engine implements EngineType {

  @Override
  public String name() {
    return "h2";
  }

  @Override
  public Role role() {
    return Role.OURS;
  }

  @Override
  public String settings(Durability durability) {
    String common = "KeyValueStore, all rules on, every read verified by checksum";
    return durability == Durability.FORCED
        ? common + ", defaults: every commit forced"
        : common + ", durability NONE: forced when closed; a killed process loses nothing";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return Optional.empty();
  }

  @Override
  public List<String> jars() {
    return List.of("kv-core", "kv-adapter-files", "kv-adapter-h2", "h2-");
  }

  @Override
  public Engine open(Path directory, Opening opening) {
    StorageOptions options = StorageOptions.at(StoragePath.of(directory.resolve("store")))
        .withDurability(
            opening.forced()
                ? dev.kvstore.files.Durability.SYNC
                : dev.kvstore.files.Durability.NONE);
    return new StoreEngine(new KeyValueStore(H2Storage.open(options), InstantSource.system()));
  }
}
