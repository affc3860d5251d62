package dev.kvstore.bench.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB through its JNI binding. */
public final class RocksDbEngine implements EngineType {

  @Override
  public String name() {
    return "rocksdb";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String settings(Durability durability) {
    String common =
        "get + put under a striped lock (cheaper than its transactions), no compression, Bloom filter 10 bits, block cache 256 MB";
    return durability == Durability.FORCED
        ? common + ", WriteOptions.sync=true (one fdatasync of the log a group)"
        : common + ", sync=false; a killed process loses nothing (log written, not forced)";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return Optional.empty();
  }

  @Override
  public List<String> jars() {
    return List.of("rocksdbjni");
  }

  @Override
  public Engine open(Path directory, Opening opening) throws RocksDBException {
    RocksDB.loadLibrary();
    return new Open(directory, opening);
  }

  private static final class Open implements Engine {

    private final LRUCache cache = new LRUCache(Opening.cacheBytes());
    private final BloomFilter filter = new BloomFilter(10);
    private final Options options = new Options();
    private final WriteOptions writing = new WriteOptions();
    private final Stripes stripes = new Stripes();
    private final RocksDB database;

    Open(Path directory, Opening opening) throws RocksDBException {
      writing.setSync(opening.forced());
      options
          .setCreateIfMissing(true)
          .setCompressionType(CompressionType.NO_COMPRESSION)
          .setTableFormatConfig(
              new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
      database = RocksDB.open(options, directory.toString());
    }

    @Override
    public boolean createIfAbsent(String key, byte[] value) throws RocksDBException {
      byte[] name = key.getBytes(UTF_8);
      synchronized (stripes.of(key)) {
        if (database.get(name) != null) {
          return false;
        }
        database.put(writing, name, value);
        return true;
      }
    }

    @Override
    public byte @Nullable [] read(String key) throws RocksDBException {
      return database.get(key.getBytes(UTF_8));
    }

    @Override
    public boolean delete(String key) throws RocksDBException {
      byte[] name = key.getBytes(UTF_8);
      synchronized (stripes.of(key)) {
        if (database.get(name) == null) {
          return false;
        }
        database.delete(writing, name);
        return true;
      }
    }

    @Override
    public int list(String prefix, int limit) {
      int found = 0;
      try (RocksIterator iterator = database.newIterator()) {
        iterator.seek(prefix.getBytes(UTF_8));
        while (found < limit
            && iterator.isValid()
            && new String(iterator.key(), UTF_8).startsWith(prefix)) {
          found++;
          iterator.next();
        }
      }
      return found;
    }

    @Override
    public void createAll(Map<String, byte[]> entries) throws RocksDBException {
      try (WriteBatch batch = new WriteBatch()) {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
          byte[] name = entry.getKey().getBytes(UTF_8);
          Absent.require(database.get(name) == null, entry.getKey());
          batch.put(name, entry.getValue());
        }
        database.write(writing, batch);
      }
    }

    @Override
    public void deleteAll(List<String> keys) throws RocksDBException {
      try (WriteBatch batch = new WriteBatch()) {
        for (String key : keys) {
          batch.delete(key.getBytes(UTF_8));
        }
        database.write(writing, batch);
      }
    }

    @Override
    public void compact() throws RocksDBException {
      database.compactRange();
    }

    @Override
    public void close() {
      database.close();
      writing.close();
      options.close();
      filter.close();
      cache.close();
    }
  }
}
