package dev.kvstore.bench.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.openhft.chronicle.map.ChronicleMap;
import org.jspecify.annotations.Nullable;

/** Chronicle Map, open-source version, persisted to a file. */
public final class ChronicleMapEngine implements EngineType {

  @Override
  public String name() {
    return "chronicle-map";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String settings(Durability durability) {
    return "putIfAbsent, persisted, entries and value size told beforehand, checksums as by default;"
        + " a killed process loses nothing (pages are the system's) but must recover";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return switch (feature) {
      case FORCED_WRITES -> Optional.of("never forces a write");
      case ORDER -> Optional.of("a hash map has no order");
      case COMMITS -> Optional.of("no commit over several keys in the open-source version");
      case COMPACTION, ONLINE_COMPACTION -> Optional.of("its space is fixed when it is made");
      default -> Optional.empty();
    };
  }

  @Override
  public List<String> jars() {
    return List.of("chronicle", "affinity", "compiler", "posix", "javapoet", "jna", "slf4j");
  }

  @Override
  public List<String> jvmFlags() {
    return List.of(
        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
        "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
        "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED");
  }

  @Override
  public Engine open(Path directory, Opening opening) throws IOException {
    return new Open(directory, opening);
  }

  private static final class Open implements Engine {

    private final ChronicleMap<String, byte[]> map;

    Open(Path directory, Opening opening) throws IOException {
      map = ChronicleMap.of(String.class, byte[].class)
          .name("kv")
          .averageKeySize(20)
          .averageValueSize(opening.valueBytes())
          .entries(Math.max(opening.entries(), 1_000))
          .createPersistedTo(directory.resolve("kv.dat").toFile());
    }

    @Override
    public boolean createIfAbsent(String key, byte[] value) {
      return map.putIfAbsent(key, value) == null;
    }

    @Override
    public byte @Nullable [] read(String key) {
      return map.get(key);
    }

    @Override
    public boolean delete(String key) {
      return map.remove(key) != null;
    }

    @Override
    public void close() {
      map.close();
    }
  }
}
