package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.io.LineReader;
import dev.kvstore.core.error.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of an input say, one after the other, without the blank ones. Some of them can be read ahead, so that a store
 * need not be open while the input is waited for: what writes it may want that store. For one thread.
 */
final class ParsedLines<T> {

  private final LineReader lines;
  private final Function<byte[], T> parser;
  private final Deque<Line<T>> ahead = new ArrayDeque<>();
  private @Nullable StoreException failure;
  private boolean ended;
  private long number;
  private long read;

  private record Line<T>(long number, T content) {}

  /** The lines of {@code lines}, as {@code parser} understands them. */
  ParsedLines(LineReader lines, Function<byte[], T> parser) {
    this.lines = lines;
    this.parser = parser;
  }

  /**
   * Reads up to the end, or until so much has come; a line that fails is the last, and told in its turn.
   *
   * @param most how many lines
   * @param bytes how many bytes of text, but for the last line
   */
  void readAhead(int most, long bytes) {
    long taken = 0;
    try {
      while (ahead.size() < most && taken < bytes) {
        byte[] line = nextWithText();
        if (line == null) {
          return;
        }
        ahead.add(new Line<>(lines.number(), parser.apply(line)));
        taken += line.length;
      }
    } catch (StoreException e) {
      failure = e;
    }
  }

  /**
   * What the next line says; null at the end.
   *
   * @throws StoreException if it cannot be read, or says nothing that is understood
   */
  @Nullable
  T next() {
    Line<T> waiting = ahead.poll();
    if (waiting != null) {
      number = waiting.number();
      return waiting.content();
    }
    try {
      if (failure != null) {
        throw failure;
      }
      byte[] line = nextWithText();
      return line == null ? null : parser.apply(line);
    } finally {
      number = lines.number();
    }
  }

  /** The number of the line that came last, from 1, or of the one that failed. */
  long number() {
    return number;
  }

  /** How many lines with text were read so far, those ahead too. */
  long read() {
    return read;
  }

  private byte @Nullable [] nextWithText() {
    while (!ended) {
      byte[] line = lines.next();
      if (line == null) {
        // Never asked again: at a terminal another line may follow.
        ended = true;
      } else if (!LineReader.isBlank(line)) {
        read++;
        return line;
      }
    }
    return null;
  }
}
