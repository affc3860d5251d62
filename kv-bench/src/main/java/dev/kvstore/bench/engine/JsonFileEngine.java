package dev.kvstore.bench.engine;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The engine on one JSON Lines file. */
public final class JsonFileEngine implements EngineType {

  @Override
  public String name() {
    return "jsonfile";
  }

  @Override
  public Role role() {
    return Role.OURS;
  }

  @Override
  public String settings(Durability durability) {
    return "KeyValueStore, all rules on, every read verified by checksum; "
        + (durability == Durability.FORCED
            ? "defaults: every commit forced"
            : "durability none: a killed process loses nothing");
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return Optional.empty();
  }

  @Override
  public List<String> jars() {
    return List.of("kv-core", "kv-adapter-files", "kv-adapter-jsonfile");
  }

  @Override
  public Engine open(Path directory, Opening opening) {
    StorageOptions options = StorageOptions.at(StoragePath.of(directory.resolve("store.jsonl")))
        .withDurability(
            opening.forced()
                ? dev.kvstore.files.Durability.SYNC
                : dev.kvstore.files.Durability.NONE);
    return new StoreEngine(
        new KeyValueStore(JsonFileStorage.open(options), InstantSource.system()));
  }
}
