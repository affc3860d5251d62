package dev.kvstore.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the README, and the check that it is this one. */
class MockedPortExampleTest {

  @Test
  void createTellsTheEngineWhenTheEntryExpires() {
    Instant now = Instant.parse("2030-01-01T00:00:00Z");
    StoragePort port = mock(StoragePort.class);
    KeyValueStore store = new KeyValueStore(port, InstantSource.fixed(now));
    Key key = Key.of("user:7");
    Mutation expected =
        Mutation.create(key, JsonValue.parse("{}"), now.plusSeconds(60).toEpochMilli());

    when(port.commit(List.of(expected), now.toEpochMilli())).thenReturn(CommitResult.APPLIED);
    store.create("user:7", " { } ", 60);
    verify(port).commit(List.of(expected), now.toEpochMilli());

    when(port.commit(List.of(expected), now.toEpochMilli())).thenReturn(CommitResult.refused(key));
    StoreException refusal =
        assertThrows(StoreException.class, () -> store.create("user:7", "{}", 60));
    assertEquals(ErrorCode.KEY_EXISTS, refusal.code());
  }

  @Test
  void theReadmeShowsThisTest() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```java\n@Test") + "```java\n".length();
    String example = readme.substring(start, readme.indexOf("```", start));
    String source =
        Files.readString(Path.of("src/test/java/dev/kvstore/core/MockedPortExampleTest.java"));
    assertTrue(withoutSpace(example).length() > 400, example);
    assertTrue(withoutSpace(source).contains(withoutSpace(example)), example);
  }

  private static String withoutSpace(String java) {
    return java.replaceAll("\\s+", "");
  }
}
