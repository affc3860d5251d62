package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.Page;
import org.h2.result.RowFactory;
import org.h2.result.SearchRow;
import org.h2.value.Value;
import org.h2.value.ValueVarbinary;
import org.h2.value.VersionedValue;

/**
 * Proves that the index of keys hides nothing. A row that is found has its own checksum; that none is there, the pages on which it
 * would stand say, and those lie in chunks that have one. Safe for any thread, as long as no transaction ends meanwhile.
 */
final class IndexProof {

  private final GuardedFile file;
  private final MVMap<SearchRow, VersionedValue<Value>> index;
  private final RowFactory rows;

  /** Of an index in {@code file}, whose rows {@code rows} makes. */
  IndexProof(GuardedFile file, MVMap<SearchRow, VersionedValue<Value>> index, RowFactory rows) {
    this.file = file;
    this.index = index;
    this.rows = rows;
  }

  /** What stands in the index before all rows of a key. */
  SearchRow before(byte[] key) {
    SearchRow row = rows.createRow();
    row.setValue(Schema.KEY_COLUMN, ValueVarbinary.getNoCopy(key));
    row.setKey(Long.MIN_VALUE);
    return row;
  }

  /**
   * Checks every page on which keys with {@code from <= key < to} would stand. Costs a comparison a page, once each chunk that has
   * one was read as a whole.
   *
   * @throws CorruptStoreException STORE_CORRUPT if such a page is in a chunk that is damaged
   * @throws RuntimeException what H2 throws if it cannot read a page
   */
  void require(byte[] from, byte[] to) {
    if (!carryOut(file::isNewestSound)) {
      throw damaged(file.path());
    }
    require(index.getRootPage(), before(from), before(to));
  }

  private void require(Page<SearchRow, VersionedValue<Value>> page, SearchRow from, SearchRow to) {
    if (!isSound(page)) {
      throw damaged(file.path());
    }
    if (page.isLeaf()) {
      return;
    }
    int child = childWith(page, from);
    require(page.getChildPage(child), from, to);
    while (child < page.getKeyCount() && compare(page.getKey(child), to) < 0) {
      child++;
      require(page.getChildPage(child), from, to);
    }
  }

  /** Child i has what is less than key i, the last child what is not less than the last key. */
  private int childWith(Page<SearchRow, VersionedValue<Value>> page, SearchRow row) {
    int low = 0;
    int high = page.getKeyCount();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(page.getKey(middle), row) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int compare(SearchRow one, SearchRow other) {
    return index.getKeyType().compare(one, other);
  }

  /** A page that is not in the file yet was made from pages that were checked, since a change looks for its key first. */
  private boolean isSound(Page<?, ?> page) {
    long position = page.getPos();
    return !DataUtils.isPageSaved(position)
        || carryOut(() -> file.isSound(DataUtils.getPageChunkId(position)));
  }

  /** A question to the file. */
  private interface Question {
    boolean ask() throws IOException;
  }

  private static boolean carryOut(Question question) {
    try {
      return question.ask();
    } catch (IOException e) {
      MVStoreException failure =
          new MVStoreException(DataUtils.ERROR_READING_FAILED, "a chunk could not be read");
      failure.initCause(e);
      throw failure;
    }
  }

  private static CorruptStoreException damaged(Path file) {
    return CorruptStoreException.damaged(
        "the store "
            + Printable.quote(file.toString())
            + " is damaged where its index lies, so nobody can tell what it does not show;"
            + " entries that are found by their keys can be read. Restore a backup, or repair the store into a new one",
        Map.of("file", file.toString()));
  }
}
