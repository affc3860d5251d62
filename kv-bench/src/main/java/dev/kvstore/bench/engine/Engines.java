package dev.kvstore.bench.engine;

import java.util.List;

/** All engines that are measured, in the order of the tables. */
public final class Engines {

  private static final List<String> NAMES = List.of(
      "jsonfile",
      "h2",
      "rocksdb",
      "lmdb",
      "sqlite",
      "mvstore",
      "h2-sql",
      "xodus",
      "mapdb",
      "chronicle-map",
      "naive-json",
      "memory-map",
      "raw-append",
      "raw-append-ahead",
      "mapped-read");

  private Engines() {}

  /** Every engine. */
  public static List<EngineType> all() {
    return NAMES.stream().map(Engines::byName).toList();
  }

  /**
   * The engine of a name. Loads no class of any other.
   *
   * @throws IllegalArgumentException if there is none of this name; the message lists the names
   */
  public static EngineType byName(String name) {
    return switch (name) {
      case "jsonfile" -> new JsonFileEngine();
      case "h2" -> new H2Engine();
      case "rocksdb" -> new RocksDbEngine();
      case "lmdb" -> new LmdbEngine();
      case "sqlite" -> new SqliteEngine();
      case "mvstore" -> new MvStoreEngine();
      case "h2-sql" -> new H2SqlEngine();
      case "xodus" -> new XodusEngine();
      case "mapdb" -> new MapDbEngine();
      case "chronicle-map" -> new ChronicleMapEngine();
      case "naive-json" -> new NaiveJsonEngine();
      case "memory-map" -> new MemoryEngine();
      case "raw-append" -> RawAppendEngine.plain();
      case "raw-append-ahead" -> RawAppendEngine.ahead();
      case "mapped-read" -> new MappedReadEngine();
      default ->
        throw new IllegalArgumentException(
            "there is no engine " + name + "; there are " + String.join(", ", NAMES));
    };
  }
}
