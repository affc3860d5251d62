package dev.kvstore.jsonfile;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.Slot;
import dev.kvstore.jsonfile.log.LineDecoder;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.recovery.Damage;
import dev.kvstore.jsonfile.recovery.LineNumber;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** One open data file with its index: what readers need. A compaction puts another in its place. */
final class Generation {

  private final String name;
  private final StoreFile file;
  private final LogHeader header;
  private final KeyIndex index;
  private final LineDecoder decoder;

  Generation(String name, StoreFile file, LogHeader header, KeyIndex index) {
    this.name = name;
    this.file = file;
    this.header = header;
    this.index = index;
    this.decoder = new LineDecoder(header);
  }

  StoreFile file() {
    return file;
  }

  LogHeader header() {
    return header;
  }

  KeyIndex index() {
    return index;
  }

  /** The entry that stands in {@code slot}; STORE_CORRUPT if what stands there is not the line of {@code key}. */
  Entry entry(Key key, Slot slot) throws IOException {
    if (line(slot).step() instanceof LogLine.Put put && put.key().equals(key)) {
      return new Entry(key, put.value(), put.expiresAtMillis(), slot.seq());
    }
    throw damaged(slot, "another line stands where the one of a key was written");
  }

  /** The line that stands in {@code slot}, its checksum verified; STORE_CORRUPT if it is not the one that was written. */
  LogLine line(Slot slot) throws IOException {
    byte[] bytes = new byte[slot.length()];
    try {
      file.read(slot.offset(), bytes);
    } catch (EOFException e) {
      throw Damage.at(
          name, slot.offset(), LineNumber.of(file, slot.offset()), "the file ends before it");
    }
    int last = bytes.length - 1;
    Optional<LogLine> line =
        bytes[last] == '\n' ? decoder.decode(Arrays.copyOf(bytes, last)) : Optional.empty();
    return line.filter(found -> found.place().seq() == slot.seq())
        .orElseThrow(() -> damaged(slot, "its checksum is wrong"));
  }

  /** Reads the line of every entry; STORE_CORRUPT at the first that is damaged. */
  void requireReadable() throws IOException {
    for (Slot slot : index.slots()) {
      line(slot);
    }
  }

  private RuntimeException damaged(Slot slot, String fault) {
    try {
      return Damage.at(name, slot.offset(), LineNumber.of(file, slot.offset()), fault);
    } catch (IOException e) {
      return Damage.at(
          name, slot.offset(), -1, fault + ", and the file cannot be read up to there");
    }
  }
}
