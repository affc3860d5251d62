package dev.kvstore.jsonfile.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The view takes no heap for a key. */
@Tag("slow")
class SmallHeapTest {

  private static final int KEYS = 3_000_000;

  @Test
  void listsMillionsOfKeysWithTenMegabytes() throws Exception {
    Process process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx10m",
            "-XX:MaxDirectMemorySize=1m",
            "-cp",
            System.getProperty("java.class.path"),
            SmallHeapLoad.class.getName(),
            Integer.toString(KEYS)))
        .redirectErrorStream(true)
        .start();
    try {
      byte[] out = process.getInputStream().readAllBytes();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process does not end");
      assertEquals(
          KEYS + " " + (KEYS + 100_000) + " 0", new String(out, StandardCharsets.UTF_8).strip());
    } finally {
      process.destroyForcibly();
    }
  }
}
