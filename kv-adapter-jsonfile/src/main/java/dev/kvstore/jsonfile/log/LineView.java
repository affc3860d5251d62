package dev.kvstore.jsonfile.log;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.log.LogLine.Put;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Looks for the line of a key in the bytes of a file, and makes no garbage beside the value. It takes a copy of the bytes first,
 * so that what it has checked is what it gives, whatever is written there meanwhile. For one thread at a time.
 */
public final class LineView {

  /** What stands at a place. */
  public enum Found {
    /** An intact line that stores an entry of the key. */
    THIS_KEY,
    /** An intact line that stores an entry of another key. */
    ANOTHER_KEY,
    /** Anything else: a line that is damaged, or of another kind, the middle of one, or no text at all. */
    NO_ENTRY
  }

  /** A line says its key within so many bytes. */
  public static final int MAX_START_BYTES = 512;

  private static final int[] USUAL_LENGTHS = {256, 2_048, LogFormat.MAX_LINE_BYTES};

  private static final byte[] PUT_START = "\"put\":\"".getBytes(StandardCharsets.US_ASCII);

  private final LineDecoder decoder;
  private final int start;
  /** The seed of the checksum, then the line, so that one sum goes over both. */
  private final byte[] bytes;

  private final CRC32C crc = new CRC32C();
  private final WordCursor cursor;
  private long seq;
  private long expiresAtMillis;
  private int valueStart;
  private int valueEnd;
  private int length;

  /** A view of lines that follow {@code header}. */
  public LineView(LogHeader header) {
    byte[] seed = header.checksum().seed();
    this.decoder = new LineDecoder(header);
    this.start = seed.length;
    this.bytes = Arrays.copyOf(seed, start + LogFormat.MAX_LINE_BYTES + Long.BYTES);
    this.cursor = new WordCursor(bytes);
  }

  /**
   * Looks at what stands at a place. Any place and any bytes will do; nothing outside of {@code file} is read.
   *
   * @param file bytes of the file, little-endian; its position and limit do not count
   * @param position where the line begins
   * @param minLength the least bytes that the line has, its line feed included
   * @param maxLength the most bytes that it has
   * @param key in UTF-8; empty for any key, so that the answer is ANOTHER_KEY
   * @throws InternalError if the disk cannot bring the bytes of a mapping. The virtual machine may throw it a little later, in
   *     the caller
   */
  public Found look(ByteBuffer file, int position, int minLength, int maxLength, byte[] key) {
    if (position < 0 || position >= file.capacity()) {
      return Found.NO_ENTRY;
    }
    int most = Math.min(Math.min(maxLength, LogFormat.MAX_LINE_BYTES), file.capacity() - position);
    if (most <= 0 || most < minLength) {
      return Found.NO_ENTRY;
    }
    file.get(position, bytes, start, most);
    int from = start + Math.max(minLength, 1) - 1;
    int end = cursor.indexOf((byte) '\n', from, start + most);
    int sealed = end - LogFormat.TRAILER_BYTES;
    if (end < 0 || sealed <= start || !isSealed(sealed)) {
      return Found.NO_ENTRY;
    }
    valueEnd = sealed - 1;
    length = end + 1 - start;
    if (!isOf(key)) {
      return decode(end, key);
    }
    return key.length == 0 ? Found.ANOTHER_KEY : Found.THIS_KEY;
  }

  /** Like the other, of a line of any length up to {@code maxLength}. */
  public Found look(ByteBuffer file, int position, int maxLength, byte[] key) {
    Found found = Found.NO_ENTRY;
    // Most lines are short, and what is copied behind them is for nothing.
    for (int i = 0; i < USUAL_LENGTHS.length && found == Found.NO_ENTRY; i++) {
      found = look(file, position, 1, Math.min(maxLength, USUAL_LENGTHS[i]), key);
    }
    return found;
  }

  /**
   * Copies the key of the line at {@code position}, its escapes undone, unless no entry is stored there. Does not look at the
   * checksum.
   *
   * @param maxLength how many bytes are looked at, at most
   * @param into has room for every key
   * @return the key's length in bytes, or 0
   */
  public static int key(ByteBuffer file, int position, int maxLength, byte[] into) {
    int end = Math.min(file.capacity(), position + Math.min(maxLength, MAX_START_BYTES));
    int at = position;
    int matched = 0;
    for (; at < end && matched < PUT_START.length; at++) {
      byte next = file.get(at);
      matched = next == PUT_START[matched] ? matched + 1 : next == PUT_START[0] ? 1 : 0;
    }
    int count = 0;
    for (; at < end && count <= Key.MAX_UTF8_BYTES; at++) {
      byte next = file.get(at);
      if (next == '"') {
        return count;
      }
      if (next == '\\' && ++at < end) {
        next = file.get(at);
      }
      if (count < into.length) {
        into[count] = next;
      }
      count++;
    }
    return 0;
  }

  /** How long the line is, with its line feed, in bytes; holds after THIS_KEY and ANOTHER_KEY. */
  public int length() {
    return length;
  }

  /** The sequence number of the line found last; holds after THIS_KEY and ANOTHER_KEY, like all that follow. */
  public long seq() {
    return seq;
  }

  /** When the entry expires, in milliseconds since 1970, or {@link Entry#NEVER}. */
  public long expiresAtMillis() {
    return expiresAtMillis;
  }

  /** A new array with the value. */
  public byte[] value() {
    return Arrays.copyOfRange(bytes, valueStart, valueEnd);
  }

  private boolean isSealed(int sealed) {
    crc.reset();
    crc.update(bytes, 0, sealed);
    return cursor.isTrailer(sealed, (int) crc.getValue());
  }

  /**
   * Reads the usual forms of a line, and takes none that {@link LineDecoder} refuses (if any key will do, the rule for keys is not
   * asked: the checksum says that the engine wrote it). It may run over the end into what an earlier line left behind; the last
   * comparison finds that out.
   */
  private boolean isOf(byte[] key) {
    cursor.moveTo(start);
    if (!cursor.skip(Word.SEQ) || !cursor.number()) {
      return false;
    }
    seq = cursor.lastNumber();
    if (seq < 1 || seq > LogFormat.MAX_NUMBER || !hasSoundPlace()) {
      return false;
    }
    if (!cursor.skip(Word.AT)
        || !cursor.number()
        || !cursor.skip(Word.PUT)
        || !(key.length == 0 ? cursor.skipString() : cursor.skipString(key))) {
      return false;
    }
    expiresAtMillis = Entry.NEVER;
    if (cursor.skip(Word.EXP)) {
      if (!cursor.number()) {
        return false;
      }
      expiresAtMillis = cursor.lastNumber();
    }
    if (!cursor.skip(Word.VALUE)) {
      return false;
    }
    valueStart = cursor.position();
    return valueStart < valueEnd && bytes[valueEnd] == ',';
  }

  private boolean hasSoundPlace() {
    if (cursor.skip(Word.PREV) && !(cursor.number() && cursor.lastNumber() < seq - 1)) {
      return false;
    }
    if (cursor.skip(Word.LAG)
        && !(cursor.number() && cursor.lastNumber() >= 1 && cursor.lastNumber() < seq)) {
      return false;
    }
    if (cursor.skip(Word.PART)) {
      if (!cursor.number()) {
        return false;
      }
      long part = cursor.lastNumber();
      return cursor.skip(Word.OF)
          && cursor.number()
          && part >= 1
          && part <= cursor.lastNumber()
          && cursor.lastNumber() >= 2
          && cursor.lastNumber() <= Integer.MAX_VALUE;
    }
    return true;
  }

  private Found decode(int end, byte[] key) {
    Optional<LogLine> line = decoder.decode(Arrays.copyOfRange(bytes, start, end));
    if (line.isEmpty() || !(line.get().step() instanceof Put put)) {
      return Found.NO_ENTRY;
    }
    seq = line.get().place().seq();
    expiresAtMillis = put.expiresAtMillis();
    valueStart = valueEnd - put.value().sizeInBytes();
    return Arrays.equals(put.key().utf8(), key) ? Found.THIS_KEY : Found.ANOTHER_KEY;
  }
}
