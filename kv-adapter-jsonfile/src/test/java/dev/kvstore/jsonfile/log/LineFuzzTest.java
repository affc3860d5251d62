package dev.kvstore.jsonfile.log;

import dev.kvstore.core.contract.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays what the fuzzer begins with, and what it found in the past. */
class LineFuzzTest {

  @TestFactory
  Stream<DynamicTest> everyLineOfTheCorpus() throws IOException {
    return Corpus.replay(Path.of("src/test/resources/fuzz/line"), LineFuzz::fuzzerTestOneInput);
  }
}
