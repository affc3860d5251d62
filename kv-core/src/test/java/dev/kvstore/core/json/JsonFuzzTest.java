package dev.kvstore.core.json;

import dev.kvstore.core.contract.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays what the fuzzer begins with, and what it found in the past. */
class JsonFuzzTest {

  @TestFactory
  Stream<DynamicTest> everyTextOfTheCorpus() throws IOException {
    return Corpus.replay(Path.of("src/test/resources/fuzz/json"), JsonFuzz::fuzzerTestOneInput);
  }
}
