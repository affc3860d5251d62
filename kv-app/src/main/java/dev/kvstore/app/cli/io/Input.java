package dev.kvstore.app.cli.io;

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

  private Input(InputStream stream, String name, boolean owned) {
    this.stream = stream;
    this.name = name;
    this.owned = owned;
  }

  /**
   * The standard input, which closing leaves open. A person at a terminal is told that it is waited for.
   *
   * @param what is read, for that message: "the value"
   */
  public static Input standard(Console console, String what) {
    if (console.readsTerminal()) {
      console.err().confirm("reading " + what + " from the terminal; end it with Ctrl-D");
    }
    return new Input(console.in(), "the standard input", false);
  }

  /**
   * Opens a file.
   *
   * @throws StorageFailedException STORAGE_FAILED if it cannot be opened
   */
  public static Input file(String path) {
    String name = Printable.quote(path);
    try {
      return new Input(Files.newInputStream(Path.of(path)), name, true);
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
      return stream.read(buffer, offset, length);
    } catch (IOException e) {
      throw failure(name, e);
    }
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
