package dev.kvstore.app.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.app.cli.io.Console;
import dev.kvstore.app.cli.io.Surroundings;
import dev.kvstore.app.cli.store.Termination;
import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.error.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void whatTheCloseSaysAfterAFailureIsToldToo() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Console console = Console.of(new Surroundings(
        Map.of(),
        "Linux",
        InstantSource.system(),
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        told,
        ""));
    Failures failures = new Failures(console.err(), Map.of(), new Termination());
    StoreException full = LimitExceededException.storeFull("s", 1, 2, 3);
    full.addSuppressed(StorageFailedException.outcomeUnknown("perhaps lost", Map.of(), null));
    ExitCode code = failures.guard(() -> {
      throw full;
    });
    assertEquals(ExitCode.of(full.code()), code);
    List<String> lines = told.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("kv: STORE_FULL: "), lines::toString);
    assertEquals("kv: OUTCOME_UNKNOWN: perhaps lost", lines.get(1));
  }
}
