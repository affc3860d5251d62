package dev.kvstore.bench.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * No store: the bytes of key and value written at the end of a file, with one force an operation or with none. With space
 * allocated ahead, the file's length does not change, and the force need not write it.
 */
public final class RawAppendEngine implements EngineType {

  private final boolean ahead;

  private RawAppendEngine(boolean ahead) {
    this.ahead = ahead;
  }

  /** Writes that make the file longer. */
  public static RawAppendEngine plain() {
    return new RawAppendEngine(false);
  }

  /** Writes into space that was filled before. */
  public static RawAppendEngine ahead() {
    return new RawAppendEngine(true);
  }

  @Override
  public String name() {
    return ahead ? "raw-append-ahead" : "raw-append";
  }

  @Override
  public Role role() {
    return Role.LIMIT;
  }

  @Override
  public String settings(Durability durability) {
    return "FileChannel.write"
        + (ahead ? " into space filled ahead" : "")
        + (durability == Durability.FORCED ? ", force(false) an operation" : ", no force");
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return switch (feature) {
      case FORCED_WRITES -> Optional.empty();
      case UNFORCED_WRITES ->
        ahead ? Optional.of("without a force it is raw-append") : Optional.empty();
      default -> Optional.of("a bare file: writes only");
    };
  }

  @Override
  public Engine open(Path directory, Opening opening) throws IOException {
    return new Open(directory, opening);
  }

  private final class Open implements Engine {

    private static final int FILL_BYTES = 8 << 20;
    private static final long MAX_FILLED = 512L << 20;

    private final FileChannel file;
    private final boolean forced;
    private final ByteBuffer line = ByteBuffer.allocateDirect(1 << 15);
    private long position;
    private long filled;

    Open(Path directory, Opening opening) throws IOException {
      forced = opening.forced();
      file = FileChannel.open(
          directory.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (ahead) {
        fillTo(Math.min(MAX_FILLED, opening.entries() * (opening.valueBytes() + 32L)));
      }
    }

    @Override
    public synchronized boolean createIfAbsent(String key, byte[] value) throws IOException {
      line.clear()
          .put(key.getBytes(UTF_8))
          .put((byte) ':')
          .put(value)
          .put((byte) '\n')
          .flip();
      if (ahead && position + line.limit() > filled) {
        fillTo(filled + FILL_BYTES);
      }
      while (line.hasRemaining()) {
        position += file.write(line, position);
      }
      if (forced) {
        file.force(false);
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }

    private void fillTo(long length) throws IOException {
      byte[] blank = new byte[FILL_BYTES];
      Arrays.fill(blank, (byte) '\n');
      while (filled < length) {
        filled += file.write(ByteBuffer.wrap(blank), filled);
      }
      file.force(true);
    }
  }
}
