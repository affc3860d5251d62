package dev.kvstore.app.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** An input that notes a figure whenever it is asked for more. */
final class WatchedInput extends InputStream {

  /** The figure at each time, the one at which it had no more among them. */
  final List<Integer> seen = new ArrayList<>();

  private final ByteArrayInputStream text;
  private final IntSupplier figure;
  private boolean endless;

  /** Brings {@code text}, as much at a time as is asked for. */
  WatchedInput(String text, IntSupplier figure) {
    this.text = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    this.figure = figure;
  }

  /** The same, but to ask for more than there is is a failure: nobody would answer. */
  WatchedInput withoutEnd() {
    endless = true;
    return this;
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    seen.add(figure.getAsInt());
    if (endless && text.available() == 0) {
      throw new AssertionError("it waits for ever");
    }
    return text.read(buffer, offset, length);
  }
}
