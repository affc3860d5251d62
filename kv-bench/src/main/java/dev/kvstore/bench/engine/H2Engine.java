package dev.kvstore.bench.engine;

import dev.kvstore.core.KeyValueStore;
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
    return List.of("kv-core", "kv-adapter-files", "kv-adapter-h2", "h2-");
  }

  @Override
  public Engine open(Path directory, Opening opening) {
    return new StoreEngine(
        new KeyValueStore(H2Storage.open(directory.resolve("store")), InstantSource.system()));
  }
}
