package dev.kvstore.h2;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.port.DamagedPlace;
import dev.kvstore.core.port.DamagedPlaces;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Walks over all rows of a store, expired ones too, in the order of their keys, and goes on behind those that are damaged. An
 * instance serves one walk.
 */
final class ReadableRows {

  /** A page of the largest values takes about 1.6 MB. */
  private static final int ROWS_A_PAGE = 100;

  private final H2Storage store;
  private final String file;
  private final DamagedPlaces places = new DamagedPlaces();
  private KeyRange rest = KeyRange.of(KeyPrefix.all());
  private long read;
  private long readBytes;

  /**
   * A walk over {@code store}.
   *
   * @param file its data file, for reports
   */
  ReadableRows(H2Storage store, String file) {
    this.store = store;
    this.file = file;
  }

  /** Hands over every entry that passes its checksum; notes the others. */
  void forEach(Consumer<Entry> visitor) {
    while (true) {
      boolean more;
      try {
        Page<Entry> page = store.readable(rest, ROWS_A_PAGE);
        page.items().forEach(entry -> show(entry, visitor));
        more = page.hasMore();
      } catch (StoreException e) {
        more = oneByOne(e, visitor);
      }
      if (!more) {
        noteHiddenRows();
        return;
      }
    }
  }

  /** A damaged index may hide rows, and then nobody meets them; but the store has counted what it holds. */
  private void noteHiddenRows() {
    if (places.count() > 0) {
      return;
    }
    long counted;
    try {
      counted = store.storedBytes();
      if (counted == readBytes) {
        store.requireSoundIndex();
      }
    } catch (StoreException e) {
      note(Optional.empty(), text(e));
      return;
    }
    if (counted != readBytes) {
      note(
          Optional.empty(),
          "by the store's own count its rows take " + counted + " bytes, and rows of " + readBytes
              + " were found: its index is damaged");
    }
  }

  /** Reads the rows of a page that holds a damaged one; false if there are no more. */
  private boolean oneByOne(StoreException cause, Consumer<Entry> visitor) {
    Page<Key> keys;
    try {
      keys = store.readableKeys(rest, ROWS_A_PAGE);
    } catch (StoreException e) {
      note(Optional.empty(), whereTheRestIs() + ": " + text(cause));
      return false;
    }
    List<Key> items = keys.items();
    for (Key key : items) {
      rest = rest.startingAfter(key);
      try {
        store
            .find(key, H2Storage.BEFORE_ALL)
            .ifPresentOrElse(
                entry -> count(entry, visitor),
                () -> note(Optional.of(key.text()), "the index has the key, and there is no row"));
      } catch (StoreException e) {
        note(Optional.of(key.text()), text(e));
      }
    }
    return keys.hasMore();
  }

  private void show(Entry entry, Consumer<Entry> visitor) {
    Key key = entry.key();
    Key before = rest.after();
    if (before == null || key.compareTo(before) > 0) {
      rest = rest.startingAfter(key);
    } else {
      note(Optional.of(key.text()), "the index leads to this row at another key's place");
      if (isAtItsPlace(key)) {
        return;
      }
    }
    count(entry, visitor);
  }

  private void count(Entry entry, Consumer<Entry> visitor) {
    read++;
    readBytes += Space.rowBytes(entry.key(), entry.value());
    visitor.accept(entry);
  }

  /** Whether a row is found by its key: then it was met there, too. */
  private boolean isAtItsPlace(Key key) {
    try {
      return store.find(key, H2Storage.BEFORE_ALL).isPresent();
    } catch (StoreException e) {
      return false;
    }
  }

  private String whereTheRestIs() {
    return rest.after() == null
        ? "no row can be read"
        : "no row can be read behind key " + Printable.quote(rest.after().text());
  }

  private void note(Optional<String> key, String fault) {
    places.add(damaged(file, key, fault));
  }

  /** A damaged place in a file in which only H2 knows its way. */
  static DamagedPlace damaged(String file, Optional<String> key, String fault) {
    return new DamagedPlace(file, OptionalLong.empty(), OptionalLong.empty(), key, fault);
  }

  /** What all rows take by the store's own count; 0 if that cannot be read, which {@link #forEach} will note. */
  long expectedBytes() {
    try {
      return store.storedBytes();
    } catch (StoreException e) {
      return 0;
    }
  }

  /** What the rows that were handed over take. */
  long readBytes() {
    return readBytes;
  }

  /** How many rows were handed over. */
  long read() {
    return read;
  }

  DamagedPlaces places() {
    return places;
  }

  /**
   * What {@code e} says, if it is damage: a wrong checksum, or bytes of which H2 makes no sense.
   *
   * @throws StoreException {@code e} itself if it is anything else, such as a disk that cannot be read
   */
  static String text(StoreException e) {
    boolean senseless =
        e.code() == ErrorCode.STORAGE_FAILED && e.getCause() instanceof SQLException;
    if (e.code() != ErrorCode.STORE_CORRUPT && !senseless) {
      throw e;
    }
    return String.valueOf(e.getMessage());
  }
}
