package dev.kvstore.bench.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * No store: records of one length in a mapped file; a read copies the record whose place the key's text decides. What a read
 * costs at least: no index, no check.
 */
public final class MappedReadEngine implements EngineType {

  @Override
  public String name() {
    return "mapped-read";
  }

  @Override
  public Role role() {
    return Role.LIMIT;
  }

  @Override
  public String settings(Durability durability) {
    return "one copy out of a mapped file at a place computed from the key; no index, no checksum";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return switch (feature) {
      case READS, PERSISTENCE -> Optional.empty();
      default -> Optional.of("a bare file: reads only");
    };
  }

  @Override
  public Engine open(Path directory, Opening opening) throws IOException {
    return new Open(directory, opening);
  }

  private static final class Open implements Engine {

    private static final int KEY_BYTES = 20;

    private final FileChannel file;
    private final ByteBuffer map;
    private final int recordBytes;
    private final long entries;
    private int next;

    Open(Path directory, Opening opening) throws IOException {
      recordBytes = KEY_BYTES + opening.valueBytes();
      entries = opening.entries();
      file = FileChannel.open(
          directory.resolve("records"),
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE);
      map = file.map(FileChannel.MapMode.READ_WRITE, 0, entries * recordBytes);
    }

    @Override
    public synchronized boolean createIfAbsent(String key, byte[] value) {
      map.put(next, key.getBytes(UTF_8)).put(next + KEY_BYTES, value);
      next += recordBytes;
      return true;
    }

    @Override
    public void createAll(Map<String, byte[]> records) {
      records.forEach(this::createIfAbsent);
    }

    @Override
    public byte[] read(String key) {
      int at = (int) Math.floorMod(key.hashCode() * 0x9E3779B97F4A7C15L, entries) * recordBytes;
      byte[] value = new byte[recordBytes - KEY_BYTES];
      map.get(at + KEY_BYTES, value);
      return value;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
