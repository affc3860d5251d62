package dev.kvstore.bench.engine;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.bindings.StringBinding;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import org.jspecify.annotations.Nullable;

/** JetBrains Xodus environments. */
public final class XodusEngine implements EngineType {

  @Override
  public String name() {
    return "xodus";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String settings(Durability durability) {
    String common = "Store.add in an exclusive transaction, cache 256 MB";
    return durability == Durability.FORCED
        ? common + ", logDurableWrite=true (force a commit)"
        : common
            + ", logDurableWrite=false; a killed process loses nothing (log written, not forced)";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return switch (feature) {
      case COMPACTION, ONLINE_COMPACTION ->
        Optional.of(
            "its collector runs in the background at its own pace; no call waits for its end");
      default -> Optional.empty();
    };
  }

  @Override
  public List<String> jars() {
    return List.of("xodus", "kotlin", "slf4j");
  }

  @Override
  public Engine open(Path directory, Opening opening) {
    return new Open(directory, opening);
  }

  private static final class Open implements Engine {

    private final Environment environment;
    private final Store store;

    Open(Path directory, Opening opening) {
      EnvironmentConfig config = new EnvironmentConfig()
          .setLogDurableWrite(opening.forced())
          .setMemoryUsage(Opening.cacheBytes());
      environment = Environments.newInstance(directory.toFile(), config);
      store = environment.computeInTransaction(
          transaction -> environment.openStore("kv", StoreConfig.WITHOUT_DUPLICATES, transaction));
    }

    @Override
    public boolean createIfAbsent(String key, byte[] value) {
      return environment.computeInExclusiveTransaction(
          transaction -> store.add(transaction, name(key), new ArrayByteIterable(value)));
    }

    @Override
    public byte @Nullable [] read(String key) {
      return environment.computeInReadonlyTransaction(transaction -> {
        ByteIterable found = store.get(transaction, name(key));
        return found == null ? null : Arrays.copyOf(found.getBytesUnsafe(), found.getLength());
      });
    }

    @Override
    public boolean delete(String key) {
      return environment.computeInExclusiveTransaction(
          transaction -> store.delete(transaction, name(key)));
    }

    @Override
    public int list(String prefix, int limit) {
      return environment.computeInReadonlyTransaction(transaction -> {
        int found = 0;
        try (Cursor cursor = store.openCursor(transaction)) {
          boolean there = cursor.getSearchKeyRange(name(prefix)) != null;
          while (there
              && found < limit
              && StringBinding.entryToString(cursor.getKey()).startsWith(prefix)) {
            found++;
            there = cursor.getNext();
          }
        }
        return found;
      });
    }

    @Override
    public void createAll(Map<String, byte[]> entries) {
      environment.executeInExclusiveTransaction(transaction -> entries.forEach((key, value) ->
          Absent.require(store.add(transaction, name(key), new ArrayByteIterable(value)), key)));
    }

    @Override
    public void deleteAll(List<String> keys) {
      environment.executeInExclusiveTransaction(
          transaction -> keys.forEach(key -> store.delete(transaction, name(key))));
    }

    @Override
    public void close() {
      environment.close();
    }

    private static ArrayByteIterable name(String key) {
      return StringBinding.stringToEntry(key);
    }
  }
}
