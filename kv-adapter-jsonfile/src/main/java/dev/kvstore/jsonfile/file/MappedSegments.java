package dev.kvstore.jsonfile.file;

import dev.kvstore.files.OutOfReach;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of one open file, on a grid. Each reaches over the beginning of the next, so that what begins in it lies in it
 * whole. They are made when first needed, and again when the file has grown; who finds what he needs takes no lock.
 */
final class MappedSegments {

  private final int gridShift;
  private final RandomAccessFile file;
  private final MapMode mode;
  /** Replaced, never changed. */
  private volatile @Nullable Segment[] segments = {};
  /**
   * Of all mappings, also of those that were too short: somebody may still read there, so they stay until the collector or the
   * end.
   */
  private final List<Unmapping> unmappings = new ArrayList<>();

  /**
   * Mappings of a file, none yet.
   *
   * @param grid the length of each, in bytes, a power of two; beside the part that reaches over the next
   */
  MappedSegments(RandomAccessFile file, MapMode mode, int grid) {
    this.file = file;
    this.gridShift = Integer.numberOfTrailingZeros(grid);
    this.mode = mode;
  }

  /**
   * The segment that holds the {@code length} bytes from {@code offset} on.
   *
   * @throws EOFException if the file ends before
   */
  Segment at(long offset, int length) throws IOException {
    Segment segment = mapped(offset >> gridShift);
    return segment != null && segment.covers(offset, length) ? segment : map(offset, length);
  }

  private @Nullable Segment mapped(long number) {
    @Nullable Segment[] all = segments;
    return number >= 0 && number < all.length ? all[(int) number] : null;
  }

  private synchronized Segment map(long offset, int length) throws IOException {
    if (length > ReadableFile.MAX_SEGMENT_BYTES) {
      throw new IllegalArgumentException("no segment holds " + length + " bytes everywhere");
    }
    int number = Math.toIntExact(offset >> gridShift);
    Segment old = mapped(number);
    if (old != null && old.covers(offset, length)) {
      return old;
    }
    long size = file.length();
    if (offset < 0 || offset + length > size) {
      throw new EOFException(
          "no bytes from " + offset + " to " + (offset + length) + " in " + size);
    }
    long base = (long) number << gridShift;
    long end = Math.min(size, base + (1L << gridShift) + ReadableFile.MAX_SEGMENT_BYTES);
    // The channel belongs to the file: an interrupt within would close both.
    Mapping mapping = OutOfReach.run(new OutOfReach.Work<Mapping>() {
      @Override
      public Mapping run() throws IOException {
        return Mapping.of(file.getChannel(), mode, base, (int) (end - base));
      }
    });
    Segment segment = new Segment(base, mapping.buffer());
    @Nullable Segment[] more = Arrays.copyOf(segments, Math.max(segments.length, number + 1));
    more[number] = segment;
    forgetDone();
    unmappings.add(mapping.unmapping());
    segments = more;
    return segment;
  }

  /** Maps anew, when next asked for, what reaches behind {@code size}: a page there would be missing. */
  synchronized void forgetBehind(long size) {
    @Nullable Segment[] kept = segments.clone();
    for (int i = 0; i < kept.length; i++) {
      Segment segment = kept[i];
      if (segment != null && segment.base() + segment.bytes().capacity() > size) {
        kept[i] = null;
      }
    }
    segments = kept;
  }

  /** Unmaps everything. Nobody may be reading there. */
  synchronized void close() {
    for (Unmapping unmapping : unmappings) {
      unmapping.run();
    }
    unmappings.clear();
    segments = new Segment[0];
  }

  private void forgetDone() {
    for (Iterator<Unmapping> all = unmappings.iterator(); all.hasNext(); ) {
      if (all.next().isDone()) {
        all.remove();
      }
    }
  }
}
