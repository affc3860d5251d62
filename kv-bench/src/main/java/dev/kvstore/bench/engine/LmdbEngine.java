package dev.kvstore.bench.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.CopyFlags;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.GetOp;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/** LMDB through lmdbjava. */
public final class LmdbEngine implements EngineType {

  @Override
  public String name() {
    return "lmdb";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String settings(Durability durability) {
    String common =
        "MDB_NOOVERWRITE, map of 8 GB, a read transaction a thread, renewed for each read";
    return durability == Durability.FORCED
        ? common + ", default sync (fdatasync and an O_DSYNC write of the meta page a commit)"
        : common
            + ", MDB_WRITEMAP + MDB_NOSYNC; a killed process loses nothing (pages are the system's)";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return feature == Feature.ONLINE_COMPACTION
        ? Optional.of("compacts by a copy, which takes its place only after a close")
        : Optional.empty();
  }

  @Override
  public List<String> jars() {
    return List.of("lmdbjava", "native", "jnr", "jffi", "asm");
  }

  @Override
  public List<String> jvmFlags() {
    return List.of(
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED");
  }

  @Override
  public Engine open(Path directory, Opening opening) {
    return new Open(directory, opening);
  }

  private static final class Open implements Engine {

    private static final long MAP_BYTES = 8L << 30;

    private static final ThreadLocal<ByteBuffer> NAMES =
        ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(128));
    private static final ThreadLocal<ByteBuffer> VALUES =
        ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(1 << 14));
    private final Path directory;
    private final Opening opening;
    private Env<ByteBuffer> environment;
    private Dbi<ByteBuffer> database;
    private PerThread<Txn<ByteBuffer>, RuntimeException> readers;

    Open(Path directory, Opening opening) {
      this.directory = directory;
      this.opening = opening;
      Env.Builder<ByteBuffer> builder =
          Env.create().setMapSize(MAP_BYTES).setMaxDbs(1).setMaxReaders(126);
      environment = opening.forced()
          ? builder.open(directory.toFile())
          : builder.open(directory.toFile(), EnvFlags.MDB_WRITEMAP, EnvFlags.MDB_NOSYNC);
      database = environment.openDbi("kv", DbiFlags.MDB_CREATE);
      readers = new PerThread<>(this::newReader);
    }

    private Txn<ByteBuffer> newReader() {
      Txn<ByteBuffer> reader = environment.txnRead();
      reader.reset();
      return reader;
    }

    @Override
    public boolean createIfAbsent(String key, byte[] value) {
      try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
        boolean created = put(transaction, key, value);
        if (created) {
          transaction.commit();
        }
        return created;
      }
    }

    @Override
    public byte @Nullable [] read(String key) {
      Txn<ByteBuffer> reader = readers.get();
      reader.renew();
      try {
        ByteBuffer found = database.get(reader, direct(NAMES.get(), key.getBytes(UTF_8)));
        if (found == null) {
          return null;
        }
        byte[] value = new byte[found.remaining()];
        found.get(value);
        return value;
      } finally {
        reader.reset();
      }
    }

    @Override
    public boolean delete(String key) {
      try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
        boolean deleted = database.delete(transaction, direct(NAMES.get(), key.getBytes(UTF_8)));
        if (deleted) {
          transaction.commit();
        }
        return deleted;
      }
    }

    @Override
    public int list(String prefix, int limit) {
      int found = 0;
      Txn<ByteBuffer> reader = readers.get();
      reader.renew();
      try (Cursor<ByteBuffer> cursor = database.openCursor(reader)) {
        boolean there =
            cursor.get(direct(NAMES.get(), prefix.getBytes(UTF_8)), GetOp.MDB_SET_RANGE);
        while (there && found < limit && UTF_8.decode(cursor.key()).toString().startsWith(prefix)) {
          found++;
          there = cursor.next();
        }
      } finally {
        reader.reset();
      }
      return found;
    }

    @Override
    public void createAll(Map<String, byte[]> entries) {
      try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
        entries.forEach((key, value) -> Absent.require(put(transaction, key, value), key));
        transaction.commit();
      }
    }

    @Override
    public void deleteAll(List<String> keys) {
      try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
        for (String key : keys) {
          database.delete(transaction, direct(NAMES.get(), key.getBytes(UTF_8)));
        }
        transaction.commit();
      }
    }

    @Override
    public void compact() throws IOException {
      Path copy = Files.createDirectory(directory.resolve("copy"));
      environment.copy(copy.toFile(), CopyFlags.MDB_CP_COMPACT);
      environment.close();
      Files.move(
          copy.resolve("data.mdb"),
          directory.resolve("data.mdb"),
          StandardCopyOption.REPLACE_EXISTING);
      Files.delete(copy);
      Open reopened = new Open(directory, opening);
      environment = reopened.environment;
      database = reopened.database;
      readers = new PerThread<>(this::newReader);
    }

    @Override
    public void close() {
      environment.sync(true);
      environment.close();
    }

    private boolean put(Txn<ByteBuffer> transaction, String key, byte[] value) {
      return database.put(
          transaction,
          direct(NAMES.get(), key.getBytes(UTF_8)),
          direct(VALUES.get(), value),
          PutFlags.MDB_NOOVERWRITE);
    }

    private static ByteBuffer direct(ByteBuffer buffer, byte[] bytes) {
      return buffer.clear().put(bytes).flip();
    }
  }
}
