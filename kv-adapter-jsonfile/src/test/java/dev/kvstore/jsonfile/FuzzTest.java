package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.StoreException;
import dev.kvstore.jsonfile.PlainReader.Verdict;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Random files that are nearly stores, with right checksums: the engine opens them or refuses them with a declared error, as the
 * second reader does, and what it opens it keeps.
 */
class FuzzTest {

  private static final Pattern NUMBER = Pattern.compile("(?<=\":)-?\\d+(?=[,}])");
  private static final List<String> NUMBERS = List.of(
      "0",
      "1",
      "2",
      "3",
      "-1",
      "4",
      "5",
      "2147483648",
      "-5000000000",
      "9007199254740991",
      "9007199254740990",
      "9007199254740992",
      "9223372036854775807",
      "-9223372036854775808",
      "9223372036854775808",
      "99999999999999999999",
      "01",
      "-0",
      "1.5",
      "1e3",
      "null");

  private LogCapture log;

  @BeforeEach
  void dropTheLog() {
    log = LogCapture.drop();
  }

  @AfterEach
  void endDropping() {
    log.close();
  }

  @Test
  void everyFileOpensOrIsRefused(TestReporter reporter) {
    long first = new Random().nextInt(1_000_000_000);
    run(first, Integer.getInteger("kv.fuzz.files", 20_000), reporter);
  }

  @Test
  @Tag("slow")
  void everyFileOfAMillionOpensOrIsRefused(TestReporter reporter) {
    run(0, 1_000_000, reporter);
  }

  private static void run(long first, int files, TestReporter reporter) {
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    byte[] file = sample();
    for (long seed = first; seed < first + files; seed++) {
      byte[] fuzzed = fuzzed(file, new Random(seed));
      try {
        verdicts.merge(FuzzedFile.check(fuzzed), 1, Integer::sum);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + ": " + e + "\n" + new String(fuzzed, StandardCharsets.UTF_8), e);
      }
    }
    reporter.publishEntry("verdicts", verdicts.toString());
    for (Verdict verdict : Verdict.values()) {
      assertTrue(verdicts.getOrDefault(verdict, 0) > files / 1_000, verdicts::toString);
    }
  }

  /** A file with everything that a line can say. */
  private static byte[] sample() {
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, FuzzedFile.CAP);
    try {
      run.open();
      run.create("a", 2);
      run.session("b", "a", 3);
      run.compact();
      run.close();
      run.open();
      run.session("c", "d");
      run.put("\"\\", 0);
      run.delete("b");
      run.close();
      return disk.bytes(StoreRun.FILE);
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] fuzzed(byte[] file, Random random) {
    List<String> lines =
        new ArrayList<>(new String(file, StandardCharsets.ISO_8859_1).lines().toList());
    for (int changes = 1 + random.nextInt(3); changes > 0 && lines.size() > 1; changes--) {
      // Seldom the header: a file that is no store has nothing more to tell.
      int i = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(lines.size() - 1);
      int j = 1 + random.nextInt(lines.size() - 1);
      switch (random.nextInt(8)) {
        case 0 -> lines.remove(j);
        case 1 -> lines.add(j, lines.get(i));
        case 2 -> lines.set(j, lines.set(i, lines.get(j)));
        case 3 -> lines.set(i, cut(lines.get(i), random));
        case 4 -> lines.set(i, lines.get(i) + lines.get(j));
        case 5 -> lines.set(i, withMember(lines.get(i), random));
        default -> lines.set(i, withNumber(lines.get(i), random));
      }
    }
    StringBuilder text = new StringBuilder();
    for (String line : FuzzedFile.sealed(lines, line -> random.nextInt(30) > 0)) {
      text.append(line).append(random.nextInt(60) == 0 ? "" : "\n");
    }
    return text.append("\n".repeat(random.nextInt(3)))
        .toString()
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String cut(String line, Random random) {
    int from = random.nextInt(line.length());
    return line.substring(0, from) + line.substring(from + random.nextInt(line.length() - from));
  }

  private static String withNumber(String line, Random random) {
    List<int[]> found = new ArrayList<>();
    for (Matcher numbers = NUMBER.matcher(line); numbers.find(); ) {
      found.add(new int[] {numbers.start(), numbers.end()});
    }
    if (found.isEmpty()) {
      return line;
    }
    int[] place = found.get(random.nextInt(found.size()));
    String number = NUMBERS.get(random.nextInt(NUMBERS.size()));
    return line.substring(0, place[0]) + number + line.substring(place[1]);
  }

  private static String withMember(String line, Random random) {
    List<String> members = List.of(
        "\"prev\":", "\"lag\":", "\"part\":1,\"of\":", "\"part\":2,\"of\":", "\"exp\":", "\"x\":");
    String member = members.get(random.nextInt(members.size()));
    return line.replaceFirst(",", "," + member + NUMBERS.get(random.nextInt(NUMBERS.size())) + ",");
  }
}
