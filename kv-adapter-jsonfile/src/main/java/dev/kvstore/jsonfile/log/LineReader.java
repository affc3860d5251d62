package dev.kvstore.jsonfile.log;

import dev.kvstore.jsonfile.file.ReadableFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Cuts a file into lines, from an offset to its end, with a bounded amount of memory. For one thread. */
public final class LineReader {

  private static final int CHUNK_BYTES = 1 << 16;

  private final ReadableFile file;
  private final long size;

  private byte[] chunk = {};
  private long chunkStart;
  private int position;

  /** Lines of {@code file} from {@code from} on, where one begins. */
  public LineReader(ReadableFile file, long from) throws IOException {
    this(file, from, file.size());
  }

  /** The same, as if the file ended at {@code to}, which it does not do before. */
  public LineReader(ReadableFile file, long from, long to) {
    this.file = file;
    this.size = to;
    this.chunkStart = Math.min(from, to);
  }

  /** The next line; empty at the end of the file. */
  public Optional<RawLine> next() throws IOException {
    long start = chunkStart + position;
    int feed = indexOfFeed(position);
    while (feed < 0 && remaining() <= LogFormat.MAX_LINE_BYTES && fill()) {
      feed = indexOfFeed(position);
    }
    if (feed >= 0 && feed - position < LogFormat.MAX_LINE_BYTES) {
      byte[] text = Arrays.copyOfRange(chunk, position, feed);
      position = feed + 1;
      return Optional.of(new RawLine(start, text.length + 1L, text, true));
    }
    if (remaining() == 0) {
      return Optional.empty();
    }
    skipPastFeed();
    return Optional.of(new RawLine(start, chunkStart + position - start, new byte[0], false));
  }

  private void skipPastFeed() throws IOException {
    while (true) {
      int feed = indexOfFeed(position);
      if (feed >= 0) {
        position = feed + 1;
        return;
      }
      position = chunk.length;
      if (!fill()) {
        return;
      }
    }
  }

  private int remaining() {
    return chunk.length - position;
  }

  private int indexOfFeed(int from) {
    for (int i = from; i < chunk.length; i++) {
      if (chunk[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Reads on behind what is left in the chunk; false at the end of the file. */
  private boolean fill() throws IOException {
    int kept = remaining();
    long next = chunkStart + chunk.length;
    int more = (int) Math.min(CHUNK_BYTES, size - next);
    if (more == 0) {
      return false;
    }
    byte[] read = new byte[more];
    file.read(next, read);
    byte[] joined = new byte[kept + more];
    System.arraycopy(chunk, position, joined, 0, kept);
    System.arraycopy(read, 0, joined, kept, more);
    chunkStart += position;
    chunk = joined;
    position = 0;
    return true;
  }
}
