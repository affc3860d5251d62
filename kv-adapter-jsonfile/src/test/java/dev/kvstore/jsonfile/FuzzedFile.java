package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.jsonfile.PlainReader.Verdict;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must hold of every file: the engine does with it what the second reader says, and keeps what it opens. */
final class FuzzedFile {

  static final long CAP = 65_536;

  private static final Pattern HEADER = Pattern.compile("\"id\":\"(.*?)\",\"generation\":(\\d+)");

  private FuzzedFile() {}

  /** Opens a store on {@code file} and, unless it is refused, uses it, closes it and opens it again. */
  static Verdict check(byte[] file) {
    PlainReader reader = new PlainReader(file);
    SimulatedDisk disk = new SimulatedDisk();
    disk.place(StoreRun.FILE, file);
    StoreRun run = new StoreRun(disk, CAP);
    Map<String, String> held = reader.liveAt(Stored.NOW);
    run.expect(Set.of(held));
    Optional<ErrorCode> failure = run.open();
    if (reader.verdict() == Verdict.DAMAGED || reader.verdict() == Verdict.OTHER_FORMAT) {
      assertEquals(
          reader.verdict() == Verdict.DAMAGED
              ? ErrorCode.STORE_CORRUPT
              : ErrorCode.UNSUPPORTED_FORMAT,
          failure.orElse(null));
      assertArrayEquals(file, disk.bytes(StoreRun.FILE));
      assertEquals(Set.of(StoreRun.FILE), disk.files());
      return reader.verdict();
    }
    assertEquals(Optional.empty(), failure);
    assertEquals(reader.verdict() == Verdict.TORN ? 2 : 1, disk.files().size());
    use(run);
    assertEquals(Optional.empty(), run.close());
    assertEquals(Optional.empty(), run.open());
    return reader.verdict();
  }

  /** Writes what can be written; a store that has used up its numbers says so. */
  private static void use(StoreRun run) {
    List<Optional<ErrorCode>> outcomes = new ArrayList<>();
    outcomes.add(run.put("a", 10));
    outcomes.add(run.session("new", "b", 10));
    outcomes.add(run.compact());
    outcomes.add(run.delete("a"));
    run.assertReadsWhatWasAcknowledged();
    outcomes.forEach(
        outcome -> outcome.ifPresent(code -> assertEquals(ErrorCode.STORAGE_FAILED, code)));
  }

  /** The lines with the checksums that they should have, those left out that {@code mended} does not choose. */
  static List<String> sealed(List<String> lines, Predicate<String> mended) {
    List<String> sealed = new ArrayList<>();
    String seed = "";
    for (String line : lines) {
      sealed.add(mended.test(line) ? sealed(line, seed) : line);
      if (seed.isEmpty()) {
        Matcher header = HEADER.matcher(line);
        seed = header.find() ? header.group(1) + "/" + header.group(2) : "?";
      }
    }
    return sealed;
  }

  private static String sealed(String line, String seed) {
    int crc = line.lastIndexOf("\"crc\":\"");
    if (crc < 0) {
      return line;
    }
    String start = line.substring(0, crc);
    return start + "\"crc\":\"" + PlainReader.checksum(seed, start) + "\"}";
  }
}
