package dev.kvstore.h2;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What happens to the files of a store, in order, and what a power cut leaves of them. A rewrite is a file of its own until it
 * takes the place of the data, so each event says which file it is about: 0 is the data as it was at first, 1 the first rewrite.
 */
final class DiskHistory implements StorageFile.Opener {

  private static final int SECTOR = 512;
  private static final String REWRITE = ".rewrite";

  /** Something that happened. */
  sealed interface Event {}

  /** Something that happened to one file. */
  private sealed interface FileEvent extends Event {
    int file();
  }

  private record Write(int file, long position, List<byte[]> sectors) implements FileEvent {}

  private record Truncate(int file, long size) implements FileEvent {}

  private record Force(int file) implements FileEvent {}

  /** An empty file was made, to be a rewrite. */
  private record Made(int file) implements FileEvent {}

  /** The file took the place of the data, durably. */
  private record Published(int file) implements FileEvent {}

  /** What a test adds; it is about no file. */
  record Note<T>(T content) implements Event {}

  private final List<Event> events = new ArrayList<>();
  private int data;
  private int newest;

  @Override
  public StorageFile open(Path path) throws IOException {
    int file;
    synchronized (events) {
      if (path.toString().endsWith(REWRITE)) {
        newest++;
        events.add(new Made(newest));
        file = newest;
      } else {
        if (data != newest) {
          data = newest;
          events.add(new Published(data));
        }
        file = data;
      }
    }
    return HookedFile.opener(new Recorder(file)).open(path);
  }

  /** Adds a note after what has happened so far. */
  void note(Object content) {
    add(new Note<>(content));
  }

  List<Event> events() {
    return events;
  }

  /** How many rewrites took the place of the data. */
  int published() {
    return data;
  }

  private void add(Event event) {
    synchronized (events) {
      events.add(event);
    }
  }

  /**
   * A moment to cut the power: after this many events. Most of the time amid a write, since elsewhere little can happen, and
   * often before a force, when most is at stake.
   */
  int whereToCut(Random random) {
    boolean beforeForce = random.nextInt(4) == 0;
    boolean anywhere = random.nextInt(10) == 0;
    int cut;
    do {
      cut = 1 + random.nextInt(events.size() - 1);
    } while (!(beforeForce
        ? events.get(cut) instanceof Force
        : anywhere || events.get(cut - 1) instanceof Write));
    return cut;
  }

  /** The number of events before {@code cut} that cannot be lost any more: up to the last force of the data. */
  int durableBefore(int cut) {
    int current = dataAt(cut);
    int durable = 0;
    for (int i = 0; i < cut; i++) {
      Event event = events.get(i);
      if (event.equals(new Force(current)) || event instanceof Published) {
        durable = i;
      }
    }
    return durable;
  }

  /**
   * Lays out at {@code store} what the disk may hold when the power is cut after {@code cut} events: of what was written since the
   * last force, any sectors.
   *
   * @param begin the data as it was before all events
   */
  void replay(Random random, int cut, Path begin, Path store) throws IOException {
    int current = dataAt(cut);
    // A rename may be there before its folder is forced.
    if (cut < events.size() && events.get(cut) instanceof Published next && random.nextBoolean()) {
      current = next.file();
    }
    for (Path file : List.of(store, rewriteOf(store))) {
      Files.deleteIfExists(file);
    }
    if (current == 0) {
      Files.copy(begin, store);
    }
    replay(random, of(current, cut), store);
    List<FileEvent> unpublished = of(current + 1, cut);
    if (!unpublished.isEmpty()) {
      replay(random, unpublished, rewriteOf(store));
    }
  }

  /** The rewrite beside a data file. */
  static Path rewriteOf(Path store) {
    return Path.of(store + REWRITE);
  }

  private int dataAt(int cut) {
    int current = 0;
    for (Event event : events.subList(0, cut)) {
      current = event instanceof Published published ? published.file() : current;
    }
    return current;
  }

  private List<FileEvent> of(int file, int cut) {
    List<FileEvent> found = new ArrayList<>();
    for (Event event : events.subList(0, cut)) {
      if (event instanceof FileEvent its && its.file() == file) {
        found.add(its);
      }
    }
    return found;
  }

  private static void replay(Random random, List<FileEvent> events, Path path) throws IOException {
    int forced = lastForce(events);
    long sectors = events.subList(forced, events.size()).stream()
        .mapToLong(event -> event instanceof Write write ? write.sectors().size() : 0)
        .sum();
    // Most of the time all but one, since that is what is noticed least.
    long lost = random.nextInt(4) == 0 ? -1 : random.nextLong(sectors + 1);
    int likelihood = random.nextInt(5);
    try (RandomAccessFile disk = new RandomAccessFile(path.toFile(), "rw")) {
      for (int i = 0; i < events.size(); i++) {
        if (events.get(i) instanceof Write write) {
          for (int sector = 0; sector < write.sectors().size(); sector++) {
            boolean written =
                i < forced || (lost < 0 ? random.nextInt(4) < likelihood : lost-- != 0);
            if (written) {
              disk.seek(write.position() + (long) sector * SECTOR);
              disk.write(write.sectors().get(sector));
            }
          }
        } else if (events.get(i) instanceof Truncate truncate
            && (i < forced || random.nextBoolean())
            && truncate.size() < disk.length()) {
          disk.setLength(truncate.size());
        }
      }
    }
  }

  private static int lastForce(List<FileEvent> events) {
    int forced = 0;
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Force) {
        forced = i;
      }
    }
    return forced;
  }

  private final class Recorder implements HookedFile.Hook {

    private final int file;

    Recorder(int file) {
      this.file = file;
    }

    @Override
    public void beforeWrite(byte[] source, int offset, int length, long position) {
      List<byte[]> sectors = new ArrayList<>();
      for (int at = 0; at < length; at += SECTOR) {
        sectors.add(
            Arrays.copyOfRange(source, offset + at, offset + Math.min(at + SECTOR, length)));
      }
      add(new Write(file, position, sectors));
    }

    @Override
    public void beforeTruncate(long size) {
      add(new Truncate(file, size));
    }

    @Override
    public void afterForce() {
      add(new Force(file));
    }
  }
}
