package dev.kvstore.bench.run;

import dev.kvstore.bench.work.ProofWork;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what forces data to the disk in a trace of system calls that {@code strace -f -y} has written: calls of fsync, fdatasync
 * and msync(MS_SYNC) that returned 0, and writes to files that were opened with O_SYNC or O_DSYNC. Only what lies between the
 * two marks of {@link ProofWork} counts.
 */
final class Trace {

  /** The calls that must be traced. */
  static final String CALLS =
      "openat,fsync,fdatasync,msync,sync_file_range,write,pwrite64,writev,pwritev,pwritev2";

  private static final Pattern FORCE =
      Pattern.compile("(?:fsync|fdatasync|msync)(?:\\(| resumed>).*\\) += 0$");
  private static final Pattern WRITE = Pattern.compile("p?writev?(?:64|2)?\\(\\d+<([^>]*)>");
  private static final Pattern OPEN = Pattern.compile("openat\\(.*\"([^\"]*)\", ([A-Z_|]+)");
  private static final Pattern LAZY = Pattern.compile("MS_ASYNC");

  private final Set<String> synchronous = new HashSet<>();
  private boolean inside;
  private long forces;

  private Trace() {}

  /** How many forces the lines of a trace show between the marks. */
  static long forces(List<String> lines) {
    Trace trace = new Trace();
    lines.forEach(trace::read);
    return trace.forces;
  }

  private void read(String line) {
    Matcher open = OPEN.matcher(line);
    if (open.find()) {
      if (open.group(1).equals(ProofWork.MARK)) {
        inside = !inside;
      } else if (open.group(2).contains("SYNC")) {
        synchronous.add(open.group(1));
      }
      return;
    }
    if (!inside) {
      return;
    }
    Matcher write = WRITE.matcher(line);
    boolean forcedWrite = write.find() && synchronous.contains(write.group(1));
    if (forcedWrite || (FORCE.matcher(line).find() && !LAZY.matcher(line).find())) {
      forces++;
    }
  }
}
