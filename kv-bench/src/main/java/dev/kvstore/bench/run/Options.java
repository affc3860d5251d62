package dev.kvstore.bench.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param quick the short programme
 * @param prove only the proof of the forces
 * @param works the only works to measure; empty for all
 * @param engines the only engines to measure; empty for all
 * @param entries the only numbers of entries to measure with; empty for all
 * @param out where to write results, table and plots; empty for nowhere
 * @param rounds how many rounds; empty for the programme's own number
 * @param scale by how much the numbers of entries are divided, to try the programme out; 1 for a real run
 * @param directory where the measured stores lie while they are needed
 * @param launcher the start script of the command line; empty for the one of this build
 */
public record Options(
    boolean quick,
    boolean prove,
    Set<String> works,
    Set<String> engines,
    Set<Long> entries,
    Optional<Path> out,
    Optional<Integer> rounds,
    int scale,
    Path directory,
    Optional<Path> launcher) {

  /** What {@code --help} prints. */
  public static final String USAGE = """
      Usage: java -jar kv-bench.jar [options]
        --quick                the short programme: at most 10 minutes on 2 cores
        --only WORK[,ENGINE]   one work, or one work on these engines (as many as wanted, with commas); may be given again, for more works
        --entries N            only works with so many entries; may be given again, for more
        --rounds N             how often each measurement is repeated (3 with --quick, else 5)
        --scale N              a trial: N times fewer entries, a tenth of the time; the figures mean nothing
        --out DIR              write results.json, table.md and plots there, in place of what was measured there before
        --prove                only count the forces of each durable engine (needs strace)
        --dir DIR              where the measured stores lie (default: a new directory in the temporary one)
        --kv FILE              the launcher whose start-up is measured (default: kv-app/target/kv/bin/kv)
      The table goes to stdout, the progress to stderr.
      """;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it cannot be understood; the message says why
   */
  public static Options parse(String... arguments) {
    Builder builder = new Builder();
    Iterator<String> words = Arrays.asList(arguments).iterator();
    while (words.hasNext()) {
      builder.take(words.next(), words);
    }
    return builder.build();
  }

  /** Whether a work is asked for. */
  public boolean wantsWork(String name) {
    return works.isEmpty() || works.contains(name);
  }

  /** Whether an engine is asked for. */
  public boolean wantsEngine(String name) {
    return engines.isEmpty() || engines.contains(name);
  }

  /** Whether a work with so many entries is asked for. */
  public boolean wantsEntries(long count) {
    return entries.isEmpty() || entries.contains(count);
  }

  private static final class Builder {

    private boolean quick;
    private boolean prove;
    private final Set<String> works = new HashSet<>();
    private final Set<String> engines = new HashSet<>();
    private final Set<Long> entries = new HashSet<>();
    private Optional<Path> out = Optional.empty();
    private Optional<Integer> rounds = Optional.empty();
    private int scale = 1;
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    private Optional<Path> launcher = Optional.empty();

    void take(String option, Iterator<String> rest) {
      switch (option) {
        case "--quick" -> quick = true;
        case "--prove" -> prove = true;
        case "--only" -> only(value(option, rest));
        case "--entries" -> entries.add((long) number(option, value(option, rest)));
        case "--rounds" -> rounds = Optional.of(number(option, value(option, rest)));
        case "--scale" -> scale = number(option, value(option, rest));
        case "--out" -> out = Optional.of(Path.of(value(option, rest)));
        case "--dir" -> directory = Path.of(value(option, rest));
        case "--kv" -> launcher = Optional.of(Path.of(value(option, rest)));
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }

    Options build() {
      if (scale > 1 && out.isPresent()) {
        throw new IllegalArgumentException(
            "the figures of a --scale mean nothing, so --out does not keep them");
      }
      return new Options(
          quick,
          prove,
          Set.copyOf(works),
          Set.copyOf(engines),
          Set.copyOf(entries),
          out,
          rounds,
          scale,
          directory,
          launcher);
    }

    private void only(String text) {
      List<String> parts = List.of(text.split(",", -1));
      if (parts.contains("")) {
        throw new IllegalArgumentException("--only takes WORK or WORK,ENGINE,..., not " + text);
      }
      works.add(parts.get(0));
      engines.addAll(parts.subList(1, parts.size()));
    }

    private static String value(String option, Iterator<String> rest) {
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      return rest.next();
    }

    private static int number(String option, String text) {
      int count;
      try {
        count = Integer.parseInt(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(option + " takes a number, not " + text, e);
      }
      if (count < 1) {
        throw new IllegalArgumentException(option + " takes a number from 1, not " + text);
      }
      return count;
    }
  }
}
