package dev.kvstore.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.bench.work.ProofWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {

  private static final String MARK = "7 openat(AT_FDCWD, \"" + ProofWork.MARK
      + "\", O_RDONLY) = -1 ENOENT (No such file or directory)";

  private static long between(String... lines) {
    List<String> trace = new ArrayList<>(List.of(MARK));
    trace.addAll(Arrays.asList(lines));
    trace.add(MARK);
    return Trace.forces(trace);
  }

  @Test
  void forcesCount() {
    assertEquals(
        3,
        between(
            "7 fsync(5</d/f>) = 0",
            "8 fdatasync(5</d/f>)                = 0",
            "9 msync(0x7f0000000000, 4096, MS_SYNC) = 0"));
  }

  @Test
  void aForceThatAnotherThreadInterruptsInTheTraceCountsOnce() {
    assertEquals(
        1,
        between("8 fdatasync(5</d/f> <unfinished ...>", "8 <... fdatasync resumed>)          = 0"));
  }

  @Test
  void whatFailsOrDoesNotForceDoesNotCount() {
    assertEquals(
        0,
        between(
            "7 fsync(5</d/f>) = -1 EIO (Input/output error)",
            "7 msync(0x7f0000000000, 4096, MS_ASYNC) = 0",
            "7 sync_file_range(5</d/f>, 0, 4096, SYNC_FILE_RANGE_WRITE) = 0",
            "7 pwrite64(5</d/f>, \"\"..., 10, 0) = 10"));
  }

  @Test
  void onlyWhatLiesBetweenTheMarksCounts() {
    assertEquals(
        1,
        Trace.forces(List.of(
            "7 fsync(5</d/f>) = 0", MARK, "7 fsync(5</d/f>) = 0", MARK, "7 fsync(5</d/f>) = 0")));
  }

  @Test
  void writesThroughSynchronousDescriptorsCountAndOthersOfTheSameFileDoNot() {
    List<String> trace = List.of(
        "7 openat(AT_FDCWD, \"/d/f\", O_RDWR|O_CREAT, 0600) = 5</d/f>",
        "7 openat(AT_FDCWD, \"/d/f\", O_WRONLY|O_DSYNC|O_CLOEXEC) = 6</d/f>",
        MARK,
        "7 pwrite64(5</d/f>, \"\"..., 10, 0) = 10",
        "7 pwrite64(6</d/f>, \"\"..., 10, 0) = 10",
        "8 pwritev(6</d/f>, [{}], 1, 0) = 10",
        MARK);
    assertEquals(2, Trace.forces(trace));
  }

  @Test
  void aDescriptorThatIsGivenAgainLosesItsKind() {
    List<String> trace = List.of(
        "7 openat(AT_FDCWD, \"/d/f\", O_WRONLY|O_SYNC <unfinished ...>",
        "8 openat(AT_FDCWD, \"/d/g\", O_RDONLY) = 9</d/g>",
        "7 <... openat resumed>) = 6</d/f>",
        MARK,
        "7 write(6</d/f>, \"\"..., 10) = 10",
        "7 openat(AT_FDCWD, \"/d/h\", O_WRONLY) = 6</d/h>",
        "7 write(6</d/h>, \"\"..., 10) = 10",
        MARK);
    assertEquals(1, Trace.forces(trace));
  }

  @Test
  void oneForceCanServeAsManyCreatesAsThereAreThreads() {
    assertTrue(new Proof(160, 16, 10).holds());
    assertFalse(new Proof(160, 16, 9).holds());
    assertFalse(new Proof(100, 1, 99).holds());
    assertEquals(0.0625, new Proof(160, 16, 10).forcesPerOperation());
  }
}
