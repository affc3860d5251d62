package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import java.util.List;

/** What must be left of the sessions of {@link StoreChild}, which are too large for H2 to write in one piece. */
final class LargeSessions {

  private static final int MORE = 3;

  private LargeSessions() {}

  /**
   * Checks that each session is there with all its entries or none, and that the store takes an entry.
   *
   * @param made the sessions that were acknowledged, one after the other; those after them may be there or not
   */
  static void requireAllOrNothing(H2Storage storage, List<String> made, String where) {
    for (int round = 0; round <= made.size() + MORE; round++) {
      KeyRange session = KeyRange.of(KeyPrefix.of("s" + round + "-"));
      int found = storage.scanKeys(session, 10_000, NOW).items().size();
      String what = where + ", session " + round + " of " + made + ": " + found;
      assertTrue(found == StoreChild.LARGE_SESSION || (found == 0 && round >= made.size()), what);
    }
    assertEquals(
        storage.status(NOW).liveEntries(),
        storage.scan(Fixture.ALL, 100_000, NOW).items().size(),
        where);
    Fixture.store(storage, "after", Fixture.value(1));
  }
}
