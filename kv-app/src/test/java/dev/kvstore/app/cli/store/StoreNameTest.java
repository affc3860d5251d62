package dev.kvstore.app.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.app.cli.args.UsageException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreNameTest {

  private static final Set<String> ENGINES = Set.of("jsonfile", "h2");

  @Test
  void anEngineStandsBeforeTheFirstColon() {
    assertEquals(new StoreName("h2", "data/a:b", false), StoreName.parse("h2:data/a:b", ENGINES));
    assertEquals(
        new StoreName("jsonfile", "a.jsonl", false), StoreName.parse("jsonfile:a.jsonl", ENGINES));
  }

  @Test
  void anEngineAloneMeansItsDefaultPlace() {
    assertEquals(new StoreName("h2", "", true), StoreName.parse("h2:", ENGINES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jsonl",
        "./foo:x",
        "C:\\kv\\a",
        "C:a",
        "my-file:x",
        "a.b:c",
        "a/b:c",
        ":x",
        "1:2",
        "12:x",
        "",
        "é"
      })
  void anythingElseIsAPath(String text) {
    assertEquals(new StoreName("jsonfile", text, false), StoreName.parse(text, ENGINES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo:x", "H2:x", "etcd:", "jdbc:h2:mem:x", "file:///a"})
  void anUnknownEngineIsNamedWithThoseThereAre(String text) {
    UsageException e = assertThrows(UsageException.class, () -> StoreName.parse(text, ENGINES));
    assertTrue(e.getMessage().contains("engines: h2, jsonfile"), e.getMessage());
  }
}
