package dev.kvstore.app.cli.io;

import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.files.StorageFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** A file or the standard input, whose failures are STORAGE_FAILED with its name. */
public final class Input implements AutoCloseable {

  private final InputStream stream;
  private final String name;
  private final boolean owned;
  private final long size;
  private long taken;

  private Input(InputStream stream, String name, boolean owned, long size) {
    this.stream = stream;
    this.name = name;
    this.owned = owned;
    this.size = size;
  }

  /**
   * The standard input, which closing leaves open. A person at a terminal is told that it is waited for.
   *
   * @param what is read, for that message: "the value"
   * @throws UsageException within a script, which is itself the standard input
   */
  public static Input standard(Console console, String what) {
    InputStream in = console.in();
    if (in == null) {
      throw new UsageException("the standard input is the script itself, so it cannot bring " + what
          + "; write a value into its line, or name a file");
    }
    if (console.readsTerminal()) {
      console.err().confirm("reading " + what + " from the terminal; end it with Ctrl-D");
    }
    return new Input(in, "the standard input", false, 0);
  }

  /**
   * Opens a file.
   *
   * @throws StorageFailedException STORAGE_FAILED if it cannot be opened
   */
  public static Input file(String path) {
    String name = Printable.quote(path);
    try {
      Path file = Path.of(path);
      if (StoreFiles.isLock(file)) {
        throw StorageFailedException.failed(
            "cannot read " + name + ": it is the lock of a store", Map.of("file", path), null);
      }
      long size = Files.isRegularFile(file) ? Files.size(file) : 0;
      return new Input(Files.newInputStream(file), name, true, size);
    } catch (InvalidPathException e) {
      throw StorageFailedException.failed(
          "cannot read " + name + ": it is no path on this system", Map.of("file", path), e);
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  /** Reads what is there, at least a byte, without waiting for more; -1 at the end. */
  int read(byte[] buffer, int offset, int length) {
    try {
      int count = stream.read(buffer, offset, length);
      taken += Math.max(0, count);
      return count;
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  /** How many items it will bring in all, if {@code items} took what was read so far; 0 if its size is not known. */
  public long expectedTotal(long items) {
    return taken == 0 ? 0 : Math.round((double) items * size / taken);
  }

  @Override
  public void close() {
    if (!owned) {
      return;
    }
    try {
      stream.close();
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  private static StorageFailedException failure(String name, IOException cause) {
    return StorageFailedException.failed(
        "cannot read " + name + ": " + StorageFailures.reason(cause), Map.of(), cause);
  }
}
