package dev.kvstore.jsonfile.simulation;

import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory. What was not forced is seen by programs, and survives the end of a process, but a power cut may take
 * any part of it away. Folders are always there. For one thread at a time.
 */
public final class SimulatedDisk implements StoreFileSystem {

  private final Map<Path, Content> names = new TreeMap<>();
  private final Map<Path, Content> namesOnDisk = new TreeMap<>();
  private final List<Pending> pending = new ArrayList<>();
  private final Set<Path> locks = new HashSet<>();
  private final Faults faults = new Faults();
  private Consumer<Operation> observer = operation -> {};

  /** An empty disk. */
  public SimulatedDisk() {}

  /** What fails; for the test to set. */
  public Faults faults() {
    return faults;
  }

  /** Lets {@code watcher} be called after each operation that changed something, or failed while it did. */
  public void observe(Consumer<Operation> watcher) {
    this.observer = watcher;
  }

  /** The names of all files. */
  public Set<Path> files() {
    return new TreeSet<>(names.keySet());
  }

  /** What programs see in a file, or null. */
  public byte @Nullable [] bytes(Path file) {
    Content content = names.get(file);
    return content == null ? null : content.cached().clone();
  }

  /** Puts a file on the disk, durably. */
  public void place(Path file, byte[] bytes) {
    Content content = new Content(bytes.clone());
    names.put(file, content);
    namesOnDisk.put(file, content);
  }

  /** Changes the bytes of a file under those who have it open, as a failing disk does. */
  public void damage(Path file, byte[] bytes) {
    Content content = Objects.requireNonNull(names.get(file));
    content.writeToCache(new Content.Resize(0));
    content.writeToCache(new Content.Write(0, bytes.clone()));
  }

  /** The disk as it is when the process ends at this point: nothing is lost, locks are free, nothing fails. */
  public SimulatedDisk afterKill() {
    SimulatedDisk copy = new SimulatedDisk();
    Map<Content, Content> copies = new HashMap<>();
    names.forEach((path, content) -> copy.names.put(path, copyOf(content, copies)));
    namesOnDisk.forEach((path, content) -> copy.namesOnDisk.put(path, copyOf(content, copies)));
    for (Pending change : pending) {
      copy.pending.add(copyOf(change, copies));
    }
    return copy;
  }

  /** What a power cut at this point may take away, in the order in which it was done. */
  List<Pending> pending() {
    return List.copyOf(pending);
  }

  /** The disk after a power cut of which only {@code survivors}, out of {@link #pending} or parts of it, was spared. */
  SimulatedDisk afterPowerCut(List<Pending> survivors) {
    SimulatedDisk copy = new SimulatedDisk();
    Map<Content, Content> copies = new HashMap<>();
    namesOnDisk.forEach((path, content) -> copy.namesOnDisk.put(path, copyOf(content, copies)));
    for (Pending survivor : survivors) {
      Pending change = copyOf(survivor, copies);
      if (change instanceof Pending.OfFile file) {
        file.content().writeToDisk(file.change());
      } else if (change instanceof Pending.OfNames names) {
        names.applyTo(copy.namesOnDisk);
      }
    }
    Map<Content, Content> settled = new HashMap<>();
    copy.namesOnDisk.replaceAll(
        (path, content) -> settled.computeIfAbsent(content, lost -> new Content(lost.onDisk())));
    copy.names.putAll(copy.namesOnDisk);
    return copy;
  }

  @Override
  public boolean hasDataFile(StoragePath path) throws IOException {
    faults.check(Operation.HAS_DATA_FILE);
    return names.containsKey(path.file());
  }

  @Override
  public Closeable lock(StoragePath path, String command, Duration wait) throws IOException {
    faults.check(Operation.LOCK);
    if (!locks.add(path.file())) {
      throw StoreUnavailableException.locked(path.file().toString(), "another opening", Map.of());
    }
    return () -> locks.remove(path.file());
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    faults.check(Operation.CREATE_FOLDERS);
  }

  @Override
  public boolean exists(Path file) throws IOException {
    faults.check(Operation.EXISTS);
    return names.containsKey(file);
  }

  @Override
  public StoreFile open(Path file) throws IOException {
    faults.check(Operation.OPEN);
    Content content = names.get(file);
    if (content == null) {
      throw new NoSuchFileException(file.toString());
    }
    return new SimulatedFile(this, content);
  }

  @Override
  public ReadableFile openToRead(Path file) throws IOException {
    return open(file);
  }

  @Override
  public StoreFile create(Path file) throws IOException {
    faults.check(Operation.CREATE);
    if (names.containsKey(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Content content = new Content(new byte[0]);
    change(new Pending.OfNames(Map.of(file, Optional.of(content))));
    observer.accept(Operation.CREATE);
    return new SimulatedFile(this, content);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    faults.check(Operation.RENAME);
    Content content = names.get(from);
    if (content == null) {
      throw new NoSuchFileException(from.toString());
    }
    Map<Path, Optional<Content>> changes = new LinkedHashMap<>();
    changes.put(from, Optional.empty());
    changes.put(to, Optional.of(content));
    change(new Pending.OfNames(changes));
    observer.accept(Operation.RENAME);
  }

  @Override
  public void delete(Path file) throws IOException {
    faults.check(Operation.DELETE);
    if (names.containsKey(file)) {
      change(new Pending.OfNames(Map.of(file, Optional.empty())));
      observer.accept(Operation.DELETE);
    }
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    faults.check(Operation.FORCE_FOLDER);
    pending.removeIf(change -> {
      boolean forced = change instanceof Pending.OfNames names && names.isIn(folder);
      if (forced) {
        ((Pending.OfNames) change).applyTo(namesOnDisk);
      }
      return forced;
    });
    observer.accept(Operation.FORCE_FOLDER);
  }

  void changed(Operation operation) {
    observer.accept(operation);
  }

  /** How many bytes may still be allocated. */
  long room() {
    long used =
        names.values().stream().mapToLong(content -> content.cached().length).sum();
    return Math.max(0, faults.budget() - used);
  }

  void change(Content content, Content.FileChange change) {
    content.writeToCache(change);
    pending.add(new Pending.OfFile(content, change));
  }

  /** Brings a file to the disk. */
  void force(Content content) {
    pending.removeIf(change -> {
      boolean forced = change instanceof Pending.OfFile file && file.content() == content;
      if (forced) {
        content.writeToDisk(((Pending.OfFile) change).change());
      }
      return forced;
    });
  }

  /**
   * Brings the bytes of a file from {@code from} up to {@code to} to the disk, and its length with them. What was written
   * elsewhere stays in doubt, unless the file was cut: then the order matters, and all of it goes.
   */
  void force(Content content, int from, int to) {
    boolean cut = pending.stream()
        .anyMatch(change -> change instanceof Pending.OfFile file
            && file.content() == content
            && file.change() instanceof Content.Resize);
    if (cut) {
      force(content);
      return;
    }
    List<Pending> rest = new ArrayList<>();
    for (Pending change : pending) {
      if (change instanceof Pending.OfFile file && file.content() == content) {
        if (file.change() instanceof Content.Write write) {
          content.writeToDisk(write.within(from, to));
          rest.addAll(of(content, write.within(0, from)));
          rest.addAll(of(content, write.within(to, Integer.MAX_VALUE)));
        } else {
          content.writeToDisk(file.change());
        }
      } else {
        rest.add(change);
      }
    }
    pending.clear();
    pending.addAll(rest);
  }

  private static List<Pending> of(Content content, Content.Write write) {
    return write.bytes().length == 0 ? List.of() : List.of(new Pending.OfFile(content, write));
  }

  /** What was written and not forced will never reach the disk, though programs go on seeing it. */
  void loseWrites(Content content) {
    pending.removeIf(change -> change instanceof Pending.OfFile file
        && file.content() == content
        && file.change() instanceof Content.Write);
  }

  private void change(Pending.OfNames change) {
    change.applyTo(names);
    pending.add(change);
  }

  private static Content copyOf(Content content, Map<Content, Content> copies) {
    return copies.computeIfAbsent(content, Content::copy);
  }

  private static Pending copyOf(Pending change, Map<Content, Content> copies) {
    if (change instanceof Pending.OfFile file) {
      return new Pending.OfFile(copyOf(file.content(), copies), file.change());
    }
    Map<Path, Optional<Content>> changes = new LinkedHashMap<>();
    ((Pending.OfNames) change)
        .changes()
        .forEach((path, content) -> changes.put(path, content.map(is -> copyOf(is, copies))));
    return new Pending.OfNames(changes);
  }
}
