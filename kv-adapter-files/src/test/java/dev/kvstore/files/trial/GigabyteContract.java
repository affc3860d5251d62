package dev.kvstore.files.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that is filled up to the largest cap, by a process with a heap of 32 MB. The length of the file is looked at after every
 * commit; all keys are listed, some read, some deleted, and the space is used again.
 */
@Tag("slow")
public abstract class GigabyteContract {

  @TempDir
  private Path folder;

  /** The engine. */
  protected abstract Engine engine();

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void aStoreOfAGigabyteWorksWithASmallHeap() throws Exception {
    Path store = folder.resolve("store");
    try (Child child = Child.start(
        List.of(),
        List.of("-Xmx32m"),
        GigabyteChild.class,
        engine().getClass().getName(),
        store.toString())) {
      List<String> said = child.lines();
      assertEquals(0, child.end(), said::toString);
      assertEquals(
          List.of("full", "listed", "read", "deleted", "refilled", "opened again"),
          said.stream().map(line -> line.replaceAll(":.*", "")).toList());
      System.out.println("TRIALS " + getClass().getSimpleName() + ": " + said);
    }
    long length = Files.size(engine().dataFile(store));
    assertTrue(length > 900_000_000 && length <= 1_000_000_000, () -> length + " bytes");
  }
}
