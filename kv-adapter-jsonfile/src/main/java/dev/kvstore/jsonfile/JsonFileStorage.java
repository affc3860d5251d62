package dev.kvstore.jsonfile;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.StoreStatus;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.LocalFileSystem;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.LineReads;
import dev.kvstore.jsonfile.log.LineView;
import dev.kvstore.jsonfile.order.DamagedLineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The engine on one JSON Lines file, which people can read while it is in use; FORMAT.md of this module describes it. Every
 * commit is forced to the disk before it is acknowledged, and visible only then, unless the store was opened with a weaker
 * durability. Every line is verified by its checksum when it is read. The file never exceeds its cap.
 *
 * <p>Commits that come at the same time are written and forced together. Reads wait for nothing; pages of lists, and status, keep
 * commits out meanwhile. A compaction starts by itself in the background and keeps commits out only for a moment. Entries take 11
 * to 16 bytes each off the heap, twice that while the file is compacted or the index grows, and none on it. An interrupt of a calling thread has no effect on the call; the thread stays interrupted.
 */
public final class JsonFileStorage implements StoragePort {

  /** The engine's name. */
  public static final String ENGINE = "jsonfile";

  /** The lowest cap of a file, in bytes. */
  public static final long MIN_MAX_BYTES = 65_536;

  /** So often the order of the keys is made anew for one list, where the lines that it rests on are damaged. */
  private static final int MAX_LIST_ATTEMPTS = 3;

  private final StorageOptions options;
  private final StoreState state;
  private final Changes changes;

  JsonFileStorage(StorageOptions options, StoreState state, Changes changes) {
    this.options = options;
    this.state = state;
    this.changes = changes;
  }

  /**
   * Opens the store in {@code file}, and makes it if it is not there. See {@link #open(StorageOptions)}.
   *
   * @param file absolute, or relative to the working directory
   */
  public static JsonFileStorage open(Path file) {
    return open(StorageOptions.at(StoragePath.of(file)));
  }

  /**
   * Opens a store. What a crash left half written is cut off, kept aside in a file beside it and logged as a warning; after a
   * clean close no byte is changed.
   *
   * <p>A store that is opened for reading only is the store as of this call, all of a commit or nothing of it, whatever another
   * process writes, compacts or closes meanwhile, and wherever it lies: no lock is taken, and nothing is made, written, renamed or
   * removed beside it or in it. Every commit that was acknowledged before is in it; one that is under way may be, and if it then
   * fails, its entries cannot be read. A commit with an effect and a compaction are UNSUPPORTED there.
   *
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_LOCATION if no store can be there
   * @throws dev.kvstore.core.error.StoreUnavailableException STORE_MISSING if it must exist and does not, or is opened for
   *     reading only; STORE_LOCKED if
   *     somebody has it open
   * @throws dev.kvstore.core.error.CorruptStoreException STORE_CORRUPT or UNSUPPORTED_FORMAT; the file is left unchanged
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED if the file cannot be made, read or written
   * @throws IllegalArgumentException if the cap is less than {@value #MIN_MAX_BYTES} bytes
   */
  public static JsonFileStorage open(StorageOptions options) {
    return open(options, new LocalFileSystem(), Background.threads());
  }

  static JsonFileStorage open(
      StorageOptions options, StoreFileSystem fileSystem, Background background) {
    return open(options, fileSystem, background, CheckpointPolicy.USUAL);
  }

  static JsonFileStorage open(
      StorageOptions options,
      StoreFileSystem fileSystem,
      Background background,
      CheckpointPolicy checkpointPolicy) {
    options.requireMaxBytesAtLeast(MIN_MAX_BYTES);
    if (options.readOnly()) {
      return new SnapshotOpening(options, fileSystem).open();
    }
    return new StoreOpening(options, fileSystem, background, checkpointPolicy).open();
  }

  @Override
  public Optional<Entry> find(Key key, long nowMillis) {
    Optional<Entry> found = state.find(key, nowMillis);
    changes.timeIs(nowMillis);
    return found;
  }

  @Override
  public Page<Entry> scan(KeyRange range, int limit, long nowMillis) {
    return page(range, limit, nowMillis, LineReads::entry);
  }

  @Override
  public Page<Key> scanKeys(KeyRange range, int limit, long nowMillis) {
    return page(range, limit, nowMillis, (key, line) -> key);
  }

  private <T> Page<T> page(
      KeyRange range, int limit, long nowMillis, BiFunction<Key, LineView, T> item) {
    Page.requireLimit(limit);
    Page<T> page = state.read(generation -> {
      KeyIndex index = generation.index();
      for (int attempt = 1; ; attempt++) {
        int order = index.orderVersion();
        try {
          return page(index, range, limit, nowMillis, item);
        } catch (DamagedLineException e) {
          // The order may rest on a line that was removed or replaced since.
          if (attempt == MAX_LIST_ATTEMPTS) {
            throw index.damaged(e.offset());
          }
          index.forgetOrder(e.offset(), order);
        }
      }
    });
    changes.timeIs(nowMillis);
    return page;
  }

  private static <T> Page<T> page(
      KeyIndex index,
      KeyRange range,
      int limit,
      long nowMillis,
      BiFunction<Key, LineView, T> item) {
    List<T> items = new ArrayList<>();
    boolean[] more = {false};
    index.forEachInOrder(range, nowMillis, (key, line) -> {
      more[0] = items.size() == limit;
      if (!more[0]) {
        items.add(item.apply(key, line));
      }
      return !more[0];
    });
    return new Page<>(items, more[0]);
  }

  @Override
  public CommitResult commit(List<Mutation> mutations, long nowMillis) {
    Mutation.requireDistinctKeys(mutations);
    return changes.commit(mutations, nowMillis);
  }

  @Override
  public StoreStatus status(long nowMillis) {
    StoreStatus status = state.read(generation -> {
      KeyIndex.Count count = generation.index().count(nowMillis);
      return new StoreStatus(
          ENGINE,
          options.path().file().toString(),
          count.liveEntries(),
          count.expiredEntries(),
          count.liveBytes(),
          generation.file().size(),
          options.maxBytes());
    });
    changes.timeIs(nowMillis);
    return status;
  }

  @Override
  public void compact(long nowMillis) {
    compact(nowMillis, ProgressListener.NONE);
  }

  @Override
  public void compact(long nowMillis, ProgressListener listener) {
    changes.compact(nowMillis, listener);
  }

  @Override
  public SessionLimits sessionLimits() {
    return SessionLimits.FILE_ENGINE;
  }

  @Override
  public void close() {
    changes.close();
  }
}
