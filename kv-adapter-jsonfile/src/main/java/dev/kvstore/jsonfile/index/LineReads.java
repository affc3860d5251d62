package dev.kvstore.jsonfile.index;

import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.file.Segment;
import dev.kvstore.jsonfile.log.Damage;
import dev.kvstore.jsonfile.log.LineNumber;
import dev.kvstore.jsonfile.log.LineView;
import dev.kvstore.jsonfile.log.LineView.Found;
import dev.kvstore.jsonfile.log.LogFormat;
import dev.kvstore.jsonfile.log.LogHeader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The lines of one open data file, for those who know about where they stand. Any number of threads may read. */
public final class LineReads {

  /** So many reads are done without a mapping: to make one takes longer than all the rest of a process that reads one entry. */
  private static final int READS_WITHOUT_MAPPING = 16;

  private static final byte[] ANY_KEY = {};

  /** What is made of bytes. */
  private interface Reading<T> {
    T of(ByteBuffer bytes, int position);
  }

  private final ReadableFile file;
  private final Path path;
  private final ThreadLocal<LineView> views;
  /** Up to {@link #READS_WITHOUT_MAPPING}; threads may overtake each other. */
  private int reads;

  /** What stands from here on is not looked at. */
  private volatile long end = Long.MAX_VALUE;

  /**
   * Reads of {@code file}.
   *
   * @param path the name of the store, for messages
   */
  public LineReads(ReadableFile file, Path path, LogHeader header) {
    this.file = file;
    this.path = path;
    this.views = new ThreadLocal<>() {
      @Override
      protected LineView initialValue() {
        return new LineView(header);
      }
    };
  }

  /**
   * Looks at nothing from {@code offset} on. For files that others write: who owns the file may cut what stands behind its last line,
   * and a mapping that is read there fails, up to Java 20 at a place where nothing can be done about it.
   */
  public void endAt(long offset) {
    end = offset;
  }

  /** The calling thread's view. */
  LineView view() {
    return views.get();
  }

  /** Looks at the line of a slot, which may be wild. */
  Found look(LineView view, long slot, byte[] key) {
    long offset = SlotFormat.offset(slot);
    int least = SlotFormat.minLength(slot);
    int most = withinEnd(offset, SlotFormat.maxLength(slot));
    try {
      Segment segment = segment(offset, most);
      return view.look(segment.bytes(), segment.positionOf(offset), least, most, key);
    } catch (EOFException e) {
      return Found.NO_ENTRY;
    } catch (InternalError e) {
      // The disk may not be able to bring the bytes of the mapping.
      return unmapped(
          offset, most, Found.NO_ENTRY, (bytes, at) -> view.look(bytes, at, least, most, key));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Whether an intact line at {@code offset} stores an entry of {@code key}. */
  boolean isOf(Key key, long offset) {
    return look(offset, key.utf8()) == Found.THIS_KEY;
  }

  /** Whether an intact line at {@code offset} stores an entry. */
  boolean isEntry(long offset) {
    return look(offset, ANY_KEY) != Found.NO_ENTRY;
  }

  private Found look(long offset, byte[] key) {
    LineView view = view();
    int most = withinEnd(offset, LogFormat.MAX_LINE_BYTES);
    return onBytes(offset, most, Found.NO_ENTRY, (bytes, at) -> view.look(bytes, at, most, key));
  }

  /** Copies the key of a line that stores an entry, as it reads, also if the line is damaged; its length, or 0 if it has none. */
  int keyAt(long offset, byte[] into) {
    int most = withinEnd(offset, LineView.MAX_START_BYTES);
    return onBytes(offset, most, 0, (bytes, at) -> LineView.key(bytes, at, most, into));
  }

  /** The report of a damaged line. */
  StoreException damaged(long offset) {
    String fault = "its checksum is wrong, or no entry stands there";
    try {
      return Damage.at(path.toString(), offset, LineNumber.of(file, offset), fault);
    } catch (IOException e) {
      return Damage.at(
          path.toString(), offset, -1, fault + ", and the file cannot be read up to there");
    }
  }

  /** The entry of the line that a view has found. */
  public static Entry entry(Key key, LineView found) {
    return new Entry(
        key, JsonValue.ofVerified(found.value()), found.expiresAtMillis(), found.seq());
  }

  /** So many of the {@code length} bytes from {@code offset} on as stand before the end. */
  private int withinEnd(long offset, int length) {
    return (int) Math.max(0, Math.min(length, end - offset));
  }

  /** Reads what stands at a place, which may be wild; {@code nothing} if the file ends before it. */
  private <T> T onBytes(long offset, int length, T nothing, Reading<T> reading) {
    try {
      Segment segment = segment(offset, length);
      return reading.of(segment.bytes(), segment.positionOf(offset));
    } catch (EOFException e) {
      return nothing;
    } catch (InternalError e) {
      // As above.
      return unmapped(offset, length, nothing, reading);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private <T> T unmapped(long offset, int length, T nothing, Reading<T> reading) {
    try {
      return reading.of(read(offset, length), 0);
    } catch (EOFException e) {
      return nothing;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The segment that holds what the file has of the {@code length} bytes from {@code offset} on. */
  private Segment segment(long offset, int length) throws IOException {
    if (reads < READS_WITHOUT_MAPPING) {
      reads++;
      return new Segment(offset, read(offset, length));
    }
    try {
      return file.segment(offset, length);
    } catch (IOException e) {
      // It ends before that, or was cut just now.
      return upToTheEnd(offset, length, file::segment);
    }
  }

  /** What the file has now of the {@code length} bytes from {@code offset} on, without a mapping. */
  private ByteBuffer read(long offset, int length) throws IOException {
    byte[] bytes = upToTheEnd(offset, length, this::bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] bytes(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.read(offset, bytes);
    return bytes;
  }

  /** Bytes of the file that it has. */
  private interface Part<T> {
    T at(long offset, int length) throws IOException;
  }

  /** The owner may cut the file, though never before the end of a line that counts: then its length is asked for again. */
  private <T> T upToTheEnd(long offset, int length, Part<T> part) throws IOException {
    long size = file.size();
    while (size > offset) {
      try {
        return part.at(offset, (int) Math.min(size - offset, length));
      } catch (IOException e) {
        long shorter = file.size();
        if (shorter >= size) {
          throw e;
        }
        size = shorter;
      }
    }
    throw new EOFException();
  }

  /** The report that their index cannot grow. */
  StoreException withoutMemory(IOException cause) {
    return StorageFailures.failed("find memory for the index of", path, cause);
  }

  private StoreException unreadable(IOException cause) {
    return StorageFailures.failed("read", path, cause);
  }
}
