package dev.kvstore.bench.engine;

import dev.kvstore.core.KeyValueStore;
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
    return "KeyValueStore, all rules on, defaults: every commit forced, every read verified by checksum";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return feature == Feature.UNFORCED_WRITES
        ? Optional.of("not yet: it has no weaker durability than a force a commit")
        : Optional.empty();
  }

  @Override
  public List<String> jars() {
    return List.of("kv-core", "kv-adapter-files", "kv-adapter-jsonfile");
  }

  @Override
  public Engine open(Path directory, Opening opening) {
    return new StoreEngine(new KeyValueStore(
        JsonFileStorage.open(directory.resolve("store.jsonl")), InstantSource.system()));
  }
}
