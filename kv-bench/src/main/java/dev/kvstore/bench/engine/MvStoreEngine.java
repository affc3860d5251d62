package dev.kvstore.bench.engine;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/** MVStore, the storage layer of H2, used alone. */
public final class MvStoreEngine implements EngineType {

  @Override
  public String name() {
    return "mvstore";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String settings(Durability durability) {
    String common = "putIfAbsent, cache 256 MB, no compression";
    return durability == Durability.FORCED
        ? common + ", commit() and sync() after each create"
        : common + ", commits by itself each second; a killed process loses up to 1 s";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return Optional.empty();
  }

  @Override
  public List<String> jars() {
    return List.of("h2-");
  }

  @Override
  public Engine open(Path directory, Opening opening) {
    return new Open(directory, opening);
  }

  private static final class Open implements Engine {

    private static final int COMPACT_MILLIS = 120_000;

    private final boolean forced;
    private final MVStore store;
    private final MVMap<String, byte[]> map;

    Open(Path directory, Opening opening) {
      forced = opening.forced();
      MVStore.Builder builder = new MVStore.Builder()
          .fileName(directory.resolve("kv.mv.db").toString())
          .cacheSize((int) (Opening.cacheBytes() >> 20));
      store = (forced ? builder.autoCommitDisabled() : builder).open();
      map = store.openMap(
          "kv",
          new MVMap.Builder<String, byte[]>()
              .keyType(StringDataType.INSTANCE)
              .valueType(ByteArrayDataType.INSTANCE));
    }

    @Override
    public boolean createIfAbsent(String key, byte[] value) {
      boolean created = map.putIfAbsent(key, value) == null;
      force();
      return created;
    }

    @Override
    public byte @Nullable [] read(String key) {
      byte[] cached = map.get(key);
      return cached == null ? null : cached.clone();
    }

    @Override
    public boolean delete(String key) {
      boolean deleted = map.remove(key) != null;
      force();
      return deleted;
    }

    @Override
    public int list(String prefix, int limit) {
      int found = 0;
      Iterator<String> keys = map.keyIterator(prefix);
      while (found < limit && keys.hasNext() && keys.next().startsWith(prefix)) {
        found++;
      }
      return found;
    }

    @Override
    public void createAll(Map<String, byte[]> entries) {
      entries.forEach((key, value) -> Absent.require(map.putIfAbsent(key, value) == null, key));
      store.commit();
      force();
    }

    @Override
    public void deleteAll(List<String> keys) {
      keys.forEach(map::remove);
      store.commit();
      force();
    }

    @Override
    public void compact() {
      store.commit();
      store.compactFile(COMPACT_MILLIS);
    }

    @Override
    public void close() {
      store.close();
    }

    private void force() {
      if (forced) {
        store.commit();
        store.sync();
      }
    }
  }
}
