package dev.kvstore.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where and when the figures were taken.
 *
 * @param date the begin of the run, in UTC
 * @param jdk version and vendor
 * @param system the operating system
 * @param processors how many the JVM may use
 * @param fileSystem the kind of file system that the stores were on
 */
public record Machine(String date, String jdk, String system, int processors, String fileSystem) {

  /** This machine now; the stores lie in {@code directory}. */
  public static Machine here(Path directory) throws IOException {
    return new Machine(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        System.getProperty("java.vm.version") + " (" + System.getProperty("java.vendor") + ")",
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.getRuntime().availableProcessors(),
        Files.getFileStore(directory).type());
  }

  /** In one sentence. */
  public String text() {
    return date + ", JDK " + jdk + ", " + system + ", " + processors + " processors, " + fileSystem;
  }
}
