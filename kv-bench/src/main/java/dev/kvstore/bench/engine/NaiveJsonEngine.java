package dev.kvstore.bench.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What many programs do: one JSON object in memory, and the whole file written anew at each change. */
public final class NaiveJsonEngine implements EngineType {

  @Override
  public String name() {
    return "naive-json";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String settings(Durability durability) {
    String common = "Jackson tree in memory, each create writes a new file and renames it";
    return durability == Durability.FORCED
        ? common + ", file and directory forced"
        : common + ", nothing forced; a killed process loses nothing";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return feature == Feature.ONLINE_COMPACTION
        ? Optional.of("writes everything at each change anyway")
        : Optional.empty();
  }

  @Override
  public List<String> jars() {
    return List.of("jackson");
  }

  @Override
  public long maxEntries() {
    return 1_000;
  }

  @Override
  public Engine open(Path directory, Opening opening) throws IOException {
    return new Open(directory, opening);
  }

  private static final class Open implements Engine {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;
    private final Path file;
    private final boolean forced;
    private final TreeMap<String, JsonNode> map = new TreeMap<>();

    Open(Path directory, Opening opening) throws IOException {
      this.directory = directory;
      file = directory.resolve("kv.json");
      forced = opening.forced();
      if (Files.exists(file)) {
        try (var in = Files.newInputStream(file)) {
          map.putAll(JSON.readValue(in, new TypeReference<TreeMap<String, JsonNode>>() {}));
        }
      }
    }

    @Override
    public synchronized boolean createIfAbsent(String key, byte[] value) throws IOException {
      if (map.putIfAbsent(key, JSON.readTree(value)) != null) {
        return false;
      }
      write();
      return true;
    }

    @Override
    public synchronized byte @Nullable [] read(String key) {
      JsonNode value = map.get(key);
      return value == null ? null : JSON.writeValueAsBytes(value);
    }

    @Override
    public synchronized boolean delete(String key) throws IOException {
      boolean deleted = map.remove(key) != null;
      write();
      return deleted;
    }

    @Override
    public synchronized int list(String prefix, int limit) {
      return (int) map.tailMap(prefix).keySet().stream()
          .takeWhile(key -> key.startsWith(prefix))
          .limit(limit)
          .count();
    }

    @Override
    public synchronized void createAll(Map<String, byte[]> entries) throws IOException {
      entries.forEach(
          (key, value) -> Absent.require(map.putIfAbsent(key, JSON.readTree(value)) == null, key));
      write();
    }

    @Override
    public synchronized void deleteAll(List<String> keys) throws IOException {
      keys.forEach(map::remove);
      write();
    }

    @Override
    public void compact() {
      // Each change has written the file without what was deleted.
    }

    @Override
    public void close() {
      map.clear();
    }

    private void write() throws IOException {
      Path fresh = directory.resolve("kv.json.new");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16)) {
        JSON.writeValue(out, map);
      }
      force(fresh, StandardOpenOption.WRITE);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      force(directory, StandardOpenOption.READ);
    }

    private void force(Path path, StandardOpenOption access) throws IOException {
      if (forced) {
        try (FileChannel channel = FileChannel.open(path, access)) {
          channel.force(true);
        }
      }
    }
  }
}
