package dev.kvstore.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 writes into space that it has freed only 45 seconds later, so what goes wrong there is not seen before. */
class AgedFileTest {

  private static final long NOW = 1_800_000_000_000L;

  @TempDir
  private Path folder;

  @Test
  @Tag("slow")
  void eachOpeningFindsTheLastWriteAlsoWhenSpaceIsUsedAgain() throws Exception {
    Key key = Key.of("k");
    Path file = folder.resolve("aged");
    long end = System.nanoTime() + Duration.ofSeconds(100).toNanos();
    for (int round = 0; System.nanoTime() < end; round++) {
      try (StoragePort port = H2Storage.open(file)) {
        if (round > 0) {
          assertEquals(number(round - 1), port.find(key, NOW).orElseThrow().value());
        }
        port.commit(List.of(Mutation.put(key, number(round), Entry.NEVER)), NOW);
      }
      Thread.sleep(100);
    }
  }

  private static JsonValue number(int number) {
    return JsonValue.parse("{\"n\":" + number + "}");
  }
}
