package dev.kvstore.jsonfile.maintenance;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import dev.kvstore.jsonfile.log.LogLine.Put;
import java.io.IOException;
import java.util.List;

/** Copies what an engine holds into a new store. */
public final class PortCopy {

  /** A page of the largest values takes about 1.6 MB. */
  private static final int ENTRIES_A_PAGE = 100;

  private final StoragePort source;
  private final StoreFileSystem fileSystem;
  private final String command;

  /**
   * A copy of {@code source}, which stays open.
   *
   * @param command what this process is to others that want the same place
   */
  public PortCopy(StoragePort source, StoreFileSystem fileSystem, String command) {
    this.source = source;
    this.fileSystem = fileSystem;
    this.command = command;
  }

  /** Writes the entries that are live at {@code nowMillis} in key order; how many there are. */
  public long into(StoragePath target, long nowMillis, ProgressListener listener) {
    long total = source.status(nowMillis).liveEntries();
    listener.reached(0, total);
    try (NewStoreFile made = NewStoreFile.begin(fileSystem, target, command)) {
      KeyRange rest = KeyRange.of(KeyPrefix.of(""));
      Page<Entry> page;
      do {
        page = source.scan(rest, ENTRIES_A_PAGE, nowMillis);
        List<Entry> entries = page.items();
        for (Entry entry : entries) {
          made.add(new Put(entry.key(), entry.value(), entry.expiresAtMillis()), nowMillis);
        }
        if (!entries.isEmpty()) {
          rest = rest.startingAfter(entries.get(entries.size() - 1).key());
        }
        listener.reached(made.lines(), total);
      } while (page.hasMore());
      long count = made.lines();
      made.publish(nowMillis);
      return count;
    } catch (IOException e) {
      throw StorageFailures.failed("write", target.file(), e);
    }
  }
}
