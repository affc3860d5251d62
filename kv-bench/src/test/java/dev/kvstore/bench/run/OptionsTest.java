package dev.kvstore.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void nothingMeansEverything() {
    Options options = Options.parse();
    assertFalse(options.quick());
    assertFalse(options.prove());
    assertTrue(options.wantsWork("random-read"));
    assertTrue(options.wantsEngine("rocksdb"));
    assertEquals(1, options.scale());
    assertEquals(Optional.empty(), options.out());
  }

  @Test
  void allOptionsAreRead() {
    Options options = Options.parse(
        "--quick", "--prove", "--rounds", "7", "--out", "o", "--dir", "d", "--kv", "k");
    assertTrue(options.quick());
    assertTrue(options.prove());
    assertEquals(Optional.of(7), options.rounds());
    assertEquals(Optional.of(Path.of("o")), options.out());
    assertEquals(Path.of("d"), options.directory());
    assertEquals(Optional.of(Path.of("k")), options.launcher());
    assertEquals(100, Options.parse("--scale", "100").scale());
  }

  @Test
  void onlyAWork() {
    Options options = Options.parse("--only", "random-read");
    assertTrue(options.wantsWork("random-read"));
    assertFalse(options.wantsWork("durable-create"));
    assertTrue(options.wantsEngine("lmdb"));
  }

  @Test
  void onlySomeWorks() {
    Options options = Options.parse("--only", "random-read", "--only", "prefix-list");
    assertTrue(options.wantsWork("random-read"));
    assertTrue(options.wantsWork("prefix-list"));
    assertFalse(options.wantsWork("durable-create"));
  }

  @Test
  void onlyAWorkOnAnEngine() {
    Options options = Options.parse("--only", "random-read,lmdb");
    assertTrue(options.wantsEngine("lmdb"));
    assertFalse(options.wantsEngine("rocksdb"));
  }

  @Test
  void onlyAWorkOnSomeEngines() {
    Options options = Options.parse("--only", "random-read,lmdb,rocksdb");
    assertTrue(options.wantsWork("random-read"));
    assertTrue(options.wantsEngine("lmdb"));
    assertTrue(options.wantsEngine("rocksdb"));
    assertFalse(options.wantsEngine("jsonfile"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--only ,x",
        "--only x,",
        "--only a,,c",
        "--rounds 0",
        "--rounds x",
        "--scale -1",
        "--out",
        "--scale 100 --out o",
        "-q"
      })
  void whatCannotBeUnderstoodIsRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> Options.parse(line.split(" ")));
  }
}
