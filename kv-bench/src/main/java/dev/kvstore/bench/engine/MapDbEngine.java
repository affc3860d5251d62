package dev.kvstore.bench.engine;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/** MapDB: its B-tree with the values outside the nodes. */
public final class MapDbEngine implements EngineType {

  @Override
  public String name() {
    return "mapdb";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String settings(Durability durability) {
    String common = "BTreeMap.putIfAbsent, values outside the nodes, mapped file";
    return durability == Durability.FORCED
        ? common + ", transactionEnable (write-ahead log), commit() after each create"
        : common + ", no transactions; a killed process leaves a store that does not open";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return switch (feature) {
      case COMPACTION, ONLINE_COMPACTION ->
        Optional.of("its compaction does nothing in a store with a write-ahead log");
      default -> Optional.empty();
    };
  }

  @Override
  public List<String> jars() {
    return List.of("mapdb", "kotlin", "eclipse-collections", "elsa", "guava", "lz4");
  }

  @Override
  public Engine open(Path directory, Opening opening) {
    return new Open(directory, opening);
  }

  private static final class Open implements Engine {

    private final boolean forced;
    private final DB database;
    private final BTreeMap<String, byte[]> map;

    Open(Path directory, Opening opening) {
      forced = opening.forced();
      DBMaker.Maker maker =
          DBMaker.fileDB(directory.resolve("kv.mapdb").toFile()).fileMmapEnable();
      database = (forced ? maker.transactionEnable() : maker).make();
      map = database
          .treeMap("kv")
          .keySerializer(Serializer.STRING)
          .valueSerializer(Serializer.BYTE_ARRAY)
          .valuesOutsideNodesEnable()
          .createOrOpen();
    }

    @Override
    public boolean createIfAbsent(String key, byte[] value) {
      boolean created = map.putIfAbsent(key, value) == null;
      commit();
      return created;
    }

    @Override
    public byte @Nullable [] read(String key) {
      return map.get(key);
    }

    @Override
    public boolean delete(String key) {
      boolean deleted = map.remove(key) != null;
      commit();
      return deleted;
    }

    @Override
    public int list(String prefix, int limit) {
      int found = 0;
      Iterator<String> keys = map.keyIterator(prefix, true, null, false);
      while (found < limit && keys.hasNext() && keys.next().startsWith(prefix)) {
        found++;
      }
      return found;
    }

    @Override
    public void createAll(Map<String, byte[]> entries) {
      entries.forEach((key, value) -> Absent.require(map.putIfAbsent(key, value) == null, key));
      commit();
    }

    @Override
    public void deleteAll(List<String> keys) {
      keys.forEach(map::remove);
      commit();
    }

    @Override
    public void close() {
      database.close();
    }

    private void commit() {
      if (forced) {
        database.commit();
      }
    }
  }
}
