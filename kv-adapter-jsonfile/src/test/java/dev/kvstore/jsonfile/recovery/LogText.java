package dev.kvstore.jsonfile.recovery;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.log.LineBuffer;
import dev.kvstore.jsonfile.log.LineEncoder;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.log.LogLine.Step;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file that a test writes line by line, right or wrong. */
final class LogText {

  static final LogHeader HEADER = new LogHeader("5d41402abc4b2a76", 1);
  static final Path FILE = Path.of("/store/log").toAbsolutePath();

  private final LineBuffer lines = new LineBuffer();
  private final LineEncoder encoder = new LineEncoder(HEADER);
  private final List<Long> starts = new ArrayList<>();

  /** A commit of one line, which knows all before it to be durable. */
  LogText put(long seq, String key) {
    return add(Place.after(seq - 1, seq - 1), put(key));
  }

  LogText add(Place place, Step step) {
    begin();
    encoder.encode(new LogLine(place, 1, step), lines);
    return this;
  }

  /** Any text and a line feed. */
  LogText text(String text) {
    begin();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int from = lines.length();
    lines.feeds(bytes.length + 1);
    System.arraycopy(bytes, 0, lines.bytes(), from, bytes.length);
    return this;
  }

  private void begin() {
    starts.add((long) HEADER.line().length + lines.length());
  }

  static LogLine.Put put(String key) {
    return new LogLine.Put(
        Key.of(key), JsonValue.parse("{\"v\":\"" + "x".repeat(50) + "\"}"), Entry.NEVER);
  }

  /** Where the line added as the {@code index}-th begins, counted from 0. */
  long start(int index) {
    return index < starts.size() ? starts.get(index) : HEADER.line().length + lines.length();
  }

  long end() {
    return start(starts.size());
  }

  byte[] bytes() {
    return bytes(0);
  }

  /** The same with so many line feeds behind it. */
  byte[] bytes(int spare) {
    byte[] header = HEADER.line();
    int end = header.length + lines.length();
    byte[] file = Arrays.copyOf(header, end + spare);
    System.arraycopy(lines.bytes(), 0, file, header.length, lines.length());
    Arrays.fill(file, end, file.length, (byte) '\n');
    return file;
  }

  /** The same with a bit of the {@code index}-th line flipped, {@code at} bytes behind its start. */
  byte[] flipped(int index, int at) {
    byte[] bytes = bytes();
    bytes[(int) start(index) + at] ^= 1;
    return bytes;
  }

  static ReadableFile file(byte[] bytes) throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    disk.place(FILE, bytes);
    return disk.openToRead(FILE);
  }
}
