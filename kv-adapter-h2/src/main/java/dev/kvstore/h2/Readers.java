package dev.kvstore.h2;

import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections of those who read one open database. Safe for any thread. */
final class Readers {

  private static final int MAX_IDLE = 8;

  /** Something read from a store. */
  interface Reading<T> {
    T from(Entries entries) throws SQLException;
  }

  private final Database database;
  private final Queue<Entries> idle = new ConcurrentLinkedQueue<>();
  private final AtomicInteger idleCount = new AtomicInteger();

  Readers(Database database) {
    this.database = database;
  }

  <T> T read(Reading<T> reading) throws SQLException {
    Entries entries = take();
    boolean sound = false;
    try {
      T result = reading.from(entries);
      sound = true;
      return result;
    } finally {
      giveBack(entries, sound);
    }
  }

  private Entries take() throws SQLException {
    Entries entries = idle.poll();
    if (entries == null) {
      return new Entries(database.connect(), database.file().path());
    }
    idleCount.decrementAndGet();
    return entries;
  }

  private void giveBack(Entries entries, boolean sound) throws SQLException {
    if (sound && idleCount.get() < MAX_IDLE) {
      idleCount.incrementAndGet();
      idle.add(entries);
    } else if (sound) {
      entries.close();
    }
    // After a failure the connection goes with the database, or is of no more use: closing it would
    // hide the failure.
  }
}
