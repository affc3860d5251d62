package dev.kvstore.jsonfile.index;

import dev.kvstore.jsonfile.order.DamagedLineException;
import dev.kvstore.jsonfile.order.KeySource;

/**
 * Keys of lines that the index knows, or knew: a key counts as it reads if its hash is the one that its line has in the index.
 * So a damaged key is found without a look at the value, but for about one in 2^29, and the key of a damaged value is good.
 * Only of a line that the index no longer knows is the checksum asked. For any number of threads.
 */
final class IndexedKeys implements KeySource {

  private final LineReads lines;
  private final Hash hash;
  private final SlotTable table;

  IndexedKeys(LineReads lines, Hash hash, SlotTable table) {
    this.lines = lines;
    this.hash = hash;
    this.table = table;
  }

  @Override
  public int keyAt(long offset, byte[] into) {
    int length = guessAt(offset, into);
    // A slot that is seen amid a change is a slot all the same, so nothing has to be kept out.
    long slot = table.find(hash.of(into, 0, length), found -> SlotFormat.offset(found) == offset);
    if (slot == 0 && !lines.isEntry(offset)) {
      throw new DamagedLineException(offset);
    }
    return length;
  }

  @Override
  public int guessAt(long offset, byte[] into) {
    int length = lines.keyAt(offset, into);
    if (length == 0) {
      throw new DamagedLineException(offset);
    }
    return length;
  }
}
