package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.port.DamagedPlace;
import dev.kvstore.core.port.DamagedPlaces;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.RepairReport;
import dev.kvstore.core.port.VerifyReport;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import dev.kvstore.jsonfile.simulation.Operation;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damages a file in every simple way: verifying names it and changes nothing, repairing keeps what the damage did not touch. */
class MaintenanceTest {

  private static final long CAP = 65_536;
  private static final Path TARGET = Path.of("/store/repaired.jsonl").toAbsolutePath();

  /** What each line of the file changes, in the order of the lines; the commits of several lines share a set. */
  private final List<Set<String>> touched = new ArrayList<>();

  private final List<Map<String, String>> states = new ArrayList<>();
  private byte[] file;
  private Map<String, String> entries;
  private LogCapture log;

  @BeforeEach
  void writeAFile() {
    log = LogCapture.drop();
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, CAP);
    run.open();
    touched.add(Set.of()); // the header
    states.add(Map.of());
    step(run, () -> run.create("a", 20), Set.of("a"), 1);
    step(run, () -> run.put("b", 5), Set.of("b"), 1);
    step(run, () -> run.session("c", "a", 3), Set.of("a", "c"), 2);
    step(run, () -> run.delete("b"), Set.of("b"), 1);
    step(run, () -> run.session("b", "d"), Set.of("b", "d"), 2);
    step(run, () -> run.put("a", 0), Set.of("a"), 1);
    step(run, () -> run.put("e", 0), Set.of("e"), 1);
    touched.add(Set.of()); // the mark
    entries = run.read().orElseThrow();
    run.close();
    file = disk.bytes(StoreRun.FILE);
  }

  private void step(StoreRun run, Runnable write, Set<String> keys, int lines) {
    write.run();
    states.add(run.read().orElseThrow());
    touched.addAll(Collections.nCopies(lines, keys));
  }

  @AfterEach
  void endDropping() {
    log.close();
  }

  @Test
  void aSoundFileIsSoundAndItsCopyIsEqual() {
    SimulatedDisk disk = diskWith(file);
    VerifyReport report = maintenance(disk).verify(ProgressListener.NONE);
    assertTrue(report.isSound());
    assertEquals(entries.size(), report.entries());
    assertEquals(file.length, report.fileBytes());
    assertEquals(0, report.tornBytes());
    RepairReport repaired = repair(disk);
    assertEquals(new RepairReport(TARGET.toString(), entries.size(), 0, 0, 0, List.of()), repaired);
    assertEquals(entries, in(disk, TARGET));
    assertNotEquals(idOf(file), idOf(disk.bytes(TARGET)));
  }

  /** As on a file system that is mounted for reading. */
  @Test
  void whoOnlyLooksOpensNothingForWriting() throws IOException {
    StoreFileSystem disk = mock(StoreFileSystem.class, delegatesTo(diskWith(file)));
    StorageOptions reading = StoreRun.options(CAP).asReadOnly();
    assertTrue(
        new JsonFileMaintenance(reading, disk).verify(ProgressListener.NONE).isSound());
    verify(disk).openToRead(StoreRun.FILE);
    verify(disk, never()).open(any());
  }

  @Test
  void aFlippedBitOfEveryByteIsNamedAndCostsItsOwnCommitAlone() {
    for (int i = 0; i < file.length; i++) {
      int bit = i % 8;
      byte[] damaged = file.clone();
      damaged[i] ^= (byte) (1 << bit);
      check(damaged, i, i, "bit " + bit + " of byte " + i);
    }
  }

  @Test
  void ofACommitThatHasLostAPartNothingIsTaken() {
    // Lines 6 and 7 put b, which was deleted before, and d, which is new.
    for (int line = 6; line <= 7; line++) {
      byte[] damaged = file.clone();
      damaged[offsetOf(line) + 30] ^= 1;
      SimulatedDisk disk = diskWith(damaged);
      RepairReport repaired = repair(disk);
      assertEquals(Set.of("a", "c", "e"), in(disk, TARGET).keySet(), "line " + line);
      assertEquals(2, repaired.lost(), "the damaged line, and the other with it");
      List<Optional<String>> keys =
          repaired.places().stream().map(DamagedPlace::key).toList();
      assertTrue(keys.contains(Optional.of(line == 6 ? "d" : "b")), () -> "lost: " + keys);
      // c stands before the loss, and a and e behind it.
      assertEquals(1, repaired.uncertain());
    }
  }

  @Test
  void everyLostOrDoubledByteIsNamedAndCostsItsOwnCommitAlone() {
    int header = lines().get(0).length;
    for (int i = header; i < file.length; i++) {
      check(without(i, i + 1), i, i, "byte " + i + " lost");
      check(joined(Arrays.copyOf(file, i + 1), rest(i)), i, i, "byte " + i + " doubled");
    }
  }

  @Test
  void everyLostDoubledOrSwappedLineIsNamed() {
    List<byte[]> lines = lines();
    for (int i = 1; i < lines.size() - 1; i++) {
      int start = offsetOf(i);
      List<byte[]> lost = new ArrayList<>(lines);
      lost.remove(i);
      check(join(lost), start, start, "line " + i + " lost");
      List<byte[]> doubled = new ArrayList<>(lines);
      doubled.add(i, lines.get(i));
      check(join(doubled), start, start, "line " + i + " doubled");
      for (int j = i + 1; j < lines.size(); j++) {
        List<byte[]> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, i, j);
        check(join(swapped), start, offsetOf(j), "line " + i + " swapped with " + j);
      }
    }
  }

  @Test
  void aCutIsATornTailAndNoDamage() {
    int header = lines().get(0).length;
    for (int length = header; length < file.length; length++) {
      SimulatedDisk disk = diskWith(Arrays.copyOf(file, length));
      VerifyReport report = maintenance(disk).verify(ProgressListener.NONE);
      String where = "cut to " + length;
      assertTrue(report.isSound(), where);
      assertEquals(length - lastCommitEnd(length), report.tornBytes(), where);
      RepairReport repaired = repair(disk);
      assertEquals(0, repaired.uncertain(), where);
      Map<String, String> held = in(disk, TARGET);
      assertTrue(states.contains(held), where);
      assertEquals(
          held, in(diskWith(Arrays.copyOf(file, length)), StoreRun.FILE), "as opening has it");
    }
  }

  @Test
  void aLostEndThatTheIndexKnowsOfIsDamage() {
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, 10 * CAP);
    run.open();
    // An index is kept at the end of more than 256 KiB.
    for (int i = 0; i < 201; i++) {
      run.create("k" + i, 1_500);
    }
    run.close();
    byte[] index = disk.bytes(StoreRun.FILE.resolveSibling("s.jsonl.index"));
    assertTrue(index != null, "no index was kept");
    byte[] whole = disk.bytes(StoreRun.FILE);
    int cut = endOfLine(whole, 50);
    disk.damage(StoreRun.FILE, Arrays.copyOf(whole, cut));
    VerifyReport report = maintenance(disk).verify(ProgressListener.NONE);
    assertEquals(1, report.damaged());
    assertEquals(OptionalLong.of(cut), report.places().get(0).offset());
    RepairReport repaired = repair(disk);
    assertEquals(49, repaired.kept());
    assertEquals(49, repaired.uncertain(), "what was lost may have replaced any of them");
    // A header that is lost as a whole is told by the index.
    byte[] headless = whole.clone();
    Arrays.fill(headless, 0, 60, (byte) 'x');
    SimulatedDisk other = diskWith(headless);
    other.place(StoreRun.FILE.resolveSibling("s.jsonl.index"), index);
    assertEquals(201, repair(other).kept());
    // Without it nothing can be checked.
    StoreException lost = assertThrows(StoreException.class, () -> repair(diskWith(headless)));
    assertEquals(ErrorCode.UNSUPPORTED_FORMAT, lost.code());
    StoreException foreign = assertThrows(StoreException.class, () -> {
      SimulatedDisk picture = diskWith("\u0089PNG\n".getBytes(StandardCharsets.ISO_8859_1));
      picture.place(StoreRun.FILE.resolveSibling("s.jsonl.index"), index);
      maintenance(picture).verify(ProgressListener.NONE);
    });
    assertEquals(ErrorCode.UNSUPPORTED_FORMAT, foreign.code(), "an index makes it no store");
  }

  @Test
  void aLongFileOfDamageIsListedUpToANumber() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<byte[]> lines = lines();
    out.writeBytes(join(lines.subList(0, 7)));
    for (int i = 0; i < 300; i++) {
      out.writeBytes("no line\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes(join(lines.subList(8, lines.size())));
    VerifyReport report = maintenance(diskWith(out.toByteArray())).verify(ProgressListener.NONE);
    // The commit of two lines, of which the second is lost, counts with its first.
    assertEquals(301, report.damaged());
    assertEquals(DamagedPlaces.MOST, report.places().size());
  }

  @Test
  void aTargetThatExistsIsRefused() {
    SimulatedDisk disk = diskWith(file);
    byte[] there = "mine".getBytes(StandardCharsets.US_ASCII);
    disk.place(TARGET, there);
    StoreException refused = assertThrows(StoreException.class, () -> repair(disk));
    assertEquals(ErrorCode.INVALID_LOCATION, refused.code());
    assertArrayEquals(there, disk.bytes(TARGET));
    assertEquals(Set.of(StoreRun.FILE, TARGET), disk.files());
    StoreException itself = assertThrows(
        StoreException.class,
        () -> maintenance(disk).repair(StoreRun.FILE.toString(), ProgressListener.NONE));
    assertEquals(ErrorCode.INVALID_LOCATION, itself.code());
    assertArrayEquals(file, disk.bytes(StoreRun.FILE));
  }

  @Test
  void aFailureLeavesNothingBehindAndTheSourceAsItWas() {
    for (Operation operation :
        List.of(Operation.WRITE, Operation.FORCE, Operation.RENAME, Operation.CREATE)) {
      SimulatedDisk disk = diskWith(file);
      disk.faults().fail(operation, 1, false);
      StoreException failed =
          assertThrows(StoreException.class, () -> repair(disk), operation::toString);
      assertEquals(ErrorCode.STORAGE_FAILED, failed.code(), operation::toString);
      assertEquals(Set.of(StoreRun.FILE), disk.files(), operation::toString);
      assertArrayEquals(file, disk.bytes(StoreRun.FILE));
    }
  }

  @Test
  void aBackupIsACopyWithAnIdOfItsOwn() {
    SimulatedDisk disk = diskWith(file);
    try (JsonFileStorage source =
        JsonFileStorage.open(StoreRun.options(CAP), disk, Background.inline())) {
      long count = JsonFileBackup.write(
          source, StoragePath.of(TARGET), Stored.NOW, ProgressListener.NONE, disk);
      assertEquals(entries.size(), count);
    }
    assertEquals(entries, in(disk, TARGET));
    assertNotEquals(idOf(file), idOf(disk.bytes(TARGET)));
    SimulatedDisk cut = disk.afterKill();
    assertEquals(entries, in(cut, TARGET), "it is on the disk");
    assertTrue(maintenance(disk, TARGET).verify(ProgressListener.NONE).isSound());
  }

  /**
   * Verifies and repairs a damaged file.
   *
   * @param from where the damage begins in the file as it was
   * @param to the last place that it touches
   */
  private void check(byte[] damaged, int from, int to, String what) {
    SimulatedDisk disk = diskWith(damaged);
    VerifyReport report = maintenance(disk).verify(ProgressListener.NONE);
    assertArrayEquals(damaged, disk.bytes(StoreRun.FILE), what);
    assertEquals(Set.of(StoreRun.FILE), disk.files(), what);
    assertEquals(opens(damaged), report.isSound(), what + ": verify and open differ");
    RepairReport repaired = repair(disk);
    assertArrayEquals(damaged, disk.bytes(StoreRun.FILE), what);
    assertEquals(report.damaged(), repaired.lost(), what);
    assertEquals(report.places(), repaired.places(), what);
    Map<String, String> held = in(disk, TARGET);
    assertEquals(held.size(), repaired.kept(), what);
    Set<String> lost = keysBetween(from, to);
    TreeSet<String> all = new TreeSet<>(entries.keySet());
    all.addAll(held.keySet());
    for (String key : all) {
      if (!lost.contains(key)) {
        assertEquals(entries.get(key), held.get(key), what + ", key " + key);
      } else {
        String value = held.get(key);
        assertTrue(
            states.stream()
                .anyMatch(state ->
                    Optional.ofNullable(state.get(key)).equals(Optional.ofNullable(value))),
            what + ", key " + key + " never was " + value);
      }
    }
    if (!report.isSound()) {
      DamagedPlace first = report.places().get(0);
      assertTrue(first.line().isPresent() && first.offset().isPresent(), what);
      long differing = held.keySet().stream()
          .filter(key -> !held.get(key).equals(entries.get(key)))
          .count();
      assertTrue(
          repaired.uncertain() >= differing,
          what + ": " + differing + " outdated, told " + repaired.uncertain());
    }
    assertTrue(maintenance(disk, TARGET).verify(ProgressListener.NONE).isSound(), what);
  }

  /** The keys of the lines that hold the bytes, and of the line behind a line feed among them. */
  private Set<String> keysBetween(int from, int to) {
    Set<String> keys = new TreeSet<>();
    int last = to + 1 < file.length && file[to] == '\n' ? to + 1 : to;
    for (int line = lineOf(from); line <= lineOf(last); line++) {
      keys.addAll(touched.get(line));
    }
    return keys;
  }

  private boolean opens(byte[] bytes) {
    try {
      JsonFileStorage.open(StoreRun.options(CAP), diskWith(bytes), Background.inline())
          .close();
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private static RepairReport repair(SimulatedDisk disk) {
    return maintenance(disk).repair(TARGET.toString(), ProgressListener.NONE);
  }

  private static JsonFileMaintenance maintenance(SimulatedDisk disk) {
    return new JsonFileMaintenance(StoreRun.options(CAP), disk);
  }

  private static JsonFileMaintenance maintenance(SimulatedDisk disk, Path path) {
    return new JsonFileMaintenance(StorageOptions.at(StoragePath.of(path)), disk);
  }

  private static Map<String, String> in(SimulatedDisk disk, Path path) {
    try (JsonFileStorage store =
        JsonFileStorage.open(StorageOptions.at(StoragePath.of(path)), disk, Background.inline())) {
      return new TreeMap<>(Stored.in(store));
    }
  }

  private static SimulatedDisk diskWith(byte[] bytes) {
    SimulatedDisk disk = new SimulatedDisk();
    disk.place(StoreRun.FILE, bytes);
    return disk;
  }

  private static String idOf(byte[] bytes) {
    String start = new String(bytes, 0, 80, StandardCharsets.US_ASCII);
    int at = start.indexOf("\"id\":\"") + 6;
    return start.substring(at, at + 16);
  }

  /** The end of the last whole commit in the first {@code length} bytes, by the lines' own words. */
  private int lastCommitEnd(int length) {
    int end = 0;
    int offset = 0;
    for (byte[] line : lines()) {
      offset += line.length;
      String text = new String(line, StandardCharsets.UTF_8);
      if (offset <= length && !text.contains("\"part\":1,")) {
        end = offset;
      }
    }
    return end;
  }

  private static int endOfLine(byte[] bytes, int count) {
    int seen = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' && ++seen == count) {
        return i + 1;
      }
    }
    throw new AssertionError("fewer lines than " + count);
  }

  private List<byte[]> lines() {
    List<byte[]> lines = new ArrayList<>();
    for (int start = 0, i = 0; i < file.length; i++) {
      if (file[i] == '\n') {
        lines.add(Arrays.copyOfRange(file, start, i + 1));
        start = i + 1;
      }
    }
    assertEquals(touched.size(), lines.size(), "the test knows every line");
    assertFalse(lines.isEmpty());
    return lines;
  }

  private int offsetOf(int line) {
    return lines().subList(0, line).stream().mapToInt(text -> text.length).sum();
  }

  private int lineOf(int position) {
    int line = 0;
    for (int i = 0; i < position; i++) {
      line += file[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private byte[] without(int from, int to) {
    return joined(Arrays.copyOf(file, from), rest(to));
  }

  private byte[] rest(int from) {
    return Arrays.copyOfRange(file, from, file.length);
  }

  private static byte[] join(List<byte[]> parts) {
    return parts.stream().reduce(new byte[0], MaintenanceTest::joined);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
