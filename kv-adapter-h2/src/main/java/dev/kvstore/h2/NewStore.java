package dev.kvstore.h2;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.Durability;
import dev.kvstore.files.PrivateFiles;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.files.StoreLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** A store that is filled under another name beside its place, and gets its own when it is whole and on the disk. For one thread. */
final class NewStore implements Closeable {

  private static final int GROUP_ENTRIES = 1_000;
  private static final long GROUP_BYTES = 4L << 20;

  private final StoragePath target;
  private final StoragePath unfinished;
  private final StoreLock lock;
  private final H2Storage store;
  private final List<Mutation> group = new ArrayList<>();
  private final Set<Key> grouped = new HashSet<>();
  private long groupBytes;

  private NewStore(StoragePath target, StoragePath unfinished, StoreLock lock) {
    this.target = target;
    this.unfinished = unfinished;
    this.lock = lock;
    // Forced when it is closed, which is before it gets its name.
    this.store = H2Storage.open(StorageOptions.at(unfinished).withDurability(Durability.NONE));
  }

  /**
   * Begins a store.
   *
   * @param target its data file
   * @param command what this process is to others that want the same place
   * @throws InvalidInputException INVALID_LOCATION if there is something of that name
   */
  static NewStore begin(StoragePath target, String command) throws IOException {
    requireNothing(target);
    PrivateFiles.createFolders(target.folder());
    StoreLock lock = StoreLock.acquire(target, command);
    try {
      requireNothing(target);
      return new NewStore(target, unfinished(target), lock);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /** A name that no store has: whatever was there would be taken for this one. */
  private static StoragePath unfinished(StoragePath target) {
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return H2Location.dataFile(StoragePath.of(target.sidecar(".repair-" + random)));
  }

  /** Adds an entry; of those with the same key, which a damaged index may show, the last counts. */
  void add(Entry entry) {
    if (!grouped.add(entry.key())) {
      flush();
      grouped.add(entry.key());
    }
    group.add(Mutation.put(entry.key(), entry.value(), entry.expiresAtMillis()));
    groupBytes += entry.value().sizeInBytes();
    if (group.size() >= GROUP_ENTRIES || groupBytes >= GROUP_BYTES) {
      flush();
    }
  }

  /** Ends the store: when this returns, it is on the disk under its name. */
  void publish() throws IOException {
    flush();
    store.close();
    requireNothing(target);
    Files.move(unfinished.file(), target.file(), StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.forceFolder(target.folder());
  }

  private void flush() {
    store.commit(group, 0);
    group.clear();
    grouped.clear();
    groupBytes = 0;
  }

  private static void requireNothing(StoragePath target) {
    Path file = target.file();
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw InvalidInputException.location(
          "there is something at " + Printable.quote(file.toString())
              + " already, and it is never replaced; name a new file, or remove that one",
          Map.of("location", file.toString()));
    }
  }

  /** Nobody else knows of the unfinished store, so that its lock file may go, too. */
  private void discard() throws IOException {
    Files.deleteIfExists(unfinished.file());
    Files.deleteIfExists(unfinished.sidecar(".lock"));
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      store.close();
      discard();
    }
  }
}
