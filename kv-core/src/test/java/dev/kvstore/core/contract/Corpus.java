package dev.kvstore.core.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A folder with inputs for a fuzz target, a file each. */
public final class Corpus {

  private Corpus() {}

  /** A test for each file in {@code folder}, of which there must be one: it gives the target that file's bytes. */
  public static Stream<DynamicTest> replay(Path folder, Consumer<byte[]> target)
      throws IOException {
    List<Path> inputs;
    try (Stream<Path> files = Files.list(folder)) {
      inputs = files.sorted().toList();
    }
    assertTrue(!inputs.isEmpty(), () -> folder + " is empty");
    return inputs.stream()
        .map(file -> DynamicTest.dynamicTest(
            file.getFileName().toString(), () -> target.accept(Files.readAllBytes(file))));
  }
}
