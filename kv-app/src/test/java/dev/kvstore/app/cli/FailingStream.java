package dev.kvstore.app.cli;

import java.io.IOException;
import java.io.OutputStream;

/** A standard output that takes {@code room} bytes and then fails. */
final class FailingStream extends OutputStream {

  private final String reason;
  private int room;

  FailingStream(String reason, int room) {
    this.reason = reason;
    this.room = room;
  }

  @Override
  public void write(int b) throws IOException {
    if (room-- <= 0) {
      throw new IOException(reason);
    }
  }
}
