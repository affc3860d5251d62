package dev.kvstore.bench.run;

import dev.kvstore.bench.work.ProofWork;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what forces data to the disk in a trace of system calls that {@code strace -f -y} has written: calls of fsync, fdatasync
 * and msync(MS_SYNC) that returned 0, and writes through descriptors that were opened with O_SYNC or O_DSYNC. Only what lies between the
 * two marks of {@link ProofWork} counts.
 */
final class Trace {

  /** The calls that must be traced. */
  static final String CALLS =
      "openat,fsync,fdatasync,msync,sync_file_range,write,pwrite64,writev,pwritev,pwritev2";

  private static final Pattern FORCE =
      Pattern.compile("(?:fsync|fdatasync|msync)(?:\\(| resumed>).*\\) += 0$");
  private static final Pattern WRITE = Pattern.compile("p?writev?(?:64|2)?\\((\\d+)<");
  private static final Pattern OPEN = Pattern.compile("openat\\(.*\"([^\"]*)\", ([A-Z_|]+)");
  private static final Pattern OPENED = Pattern.compile("openat(?:\\(| resumed>).* = (\\d+)<");
  private static final Pattern THREAD = Pattern.compile("^(\\d+) ");
  private static final Pattern LAZY = Pattern.compile("MS_ASYNC");

  /** The threads whose open with O_SYNC or O_DSYNC has begun, and the descriptors that such opens gave. */
  private final Set<String> opening = new HashSet<>();

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
    if (line.contains("openat")) {
      readOpen(line);
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

  /** A descriptor may be closed and given again, so each open decides anew what it is. */
  private void readOpen(String line) {
    Matcher thread = THREAD.matcher(line);
    String caller = thread.find() ? thread.group(1) : "";
    Matcher open = OPEN.matcher(line);
    if (open.find()) {
      if (open.group(1).equals(ProofWork.MARK)) {
        inside = !inside;
      }
      if (open.group(2).contains("SYNC")) {
        opening.add(caller);
      }
    }
    Matcher opened = OPENED.matcher(line);
    if (opened.find()) {
      if (opening.remove(caller)) {
        synchronous.add(opened.group(1));
      } else {
        synchronous.remove(opened.group(1));
      }
    }
  }
}
