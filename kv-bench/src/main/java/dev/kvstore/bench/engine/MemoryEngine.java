package dev.kvstore.bench.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A map of byte arrays in memory: what any store would be bound by if there were no file. */
public final class MemoryEngine implements EngineType {

  @Override
  public String name() {
    return "memory-map";
  }

  @Override
  public Role role() {
    return Role.LIMIT;
  }

  @Override
  public String settings(Durability durability) {
    return "ConcurrentHashMap<String, byte[]>, values copied in and out; nothing is written";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return switch (feature) {
      case FORCED_WRITES, PERSISTENCE, COMPACTION, ONLINE_COMPACTION -> Optional.of("memory only");
      case ORDER -> Optional.of("a hash map has no order");
      default -> Optional.empty();
    };
  }

  @Override
  public List<String> jvmFlags() {
    // A young generation of gigabytes would be touched for the first time while it is measured.
    return List.of("-Xmx3g", "-Xms3g", "-Xmn128m");
  }

  @Override
  public Engine open(Path directory, Opening opening) {
    return new Open();
  }

  private static final class Open implements Engine {

    private final Map<String, byte[]> map = new ConcurrentHashMap<>();

    @Override
    public boolean createIfAbsent(String key, byte[] value) {
      return map.putIfAbsent(key, value.clone()) == null;
    }

    @Override
    public byte @Nullable [] read(String key) {
      byte[] value = map.get(key);
      return value == null ? null : value.clone();
    }

    @Override
    public boolean delete(String key) {
      return map.remove(key) != null;
    }

    @Override
    public void createAll(Map<String, byte[]> entries) {
      entries.forEach((key, value) -> Absent.require(createIfAbsent(key, value), key));
    }

    @Override
    public void close() {
      map.clear();
    }
  }
}
