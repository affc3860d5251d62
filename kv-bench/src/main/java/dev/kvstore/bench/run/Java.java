package dev.kvstore.bench.run;

import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.work.Bare;
import dev.kvstore.bench.work.Child;
import dev.kvstore.bench.work.Task;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The commands that start processes of this JDK with this program. */
final class Java {

  private static final String HEAP = "-Xmx1g";

  private final Path executable = Path.of(System.getProperty("java.home"), "bin", "java");
  private final Path program;
  private final Path temporary;

  /**
   * Processes that take {@code temporary} for the folder of temporary files: some stores unpack their library there, and one
   * that is killed leaves it.
   */
  Java(Path temporary) {
    this.temporary = temporary;
    try {
      program =
          Path.of(Java.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("this program lies at no path", e);
    }
  }

  /** Where this program lies: the jar. */
  Path program() {
    return program;
  }

  /** A process that does one task; later flags win over earlier ones. */
  List<String> child(EngineType type, Task task, List<String> flags) {
    List<String> command = new ArrayList<>(List.of(executable.toString(), HEAP));
    command.addAll(List.of("-XX:-UsePerfData", "-Djmh.ignoreLock=true"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(type.jvmFlags());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(type), Child.class.getName()));
    command.addAll(task.arguments());
    return command;
  }

  /** A process that only says that it runs. */
  List<String> bare() {
    return List.of(
        executable.toString(),
        HEAP,
        "-XX:-UsePerfData",
        "-cp",
        program.toString(),
        Bare.class.getName());
  }

  /**
   * The jars of the engine, then this program, whose manifest names all others: so a class is looked for in few jars, and no
   * engine pays for the place of its name in the alphabet.
   */
  private String classPath(EngineType type) {
    List<String> path = new ArrayList<>();
    for (String start : type.jars()) {
      library().stream()
          .filter(jar -> jar.getFileName().toString().startsWith(start))
          .map(Path::toString)
          .forEach(path::add);
    }
    path.add(program.toString());
    return String.join(File.pathSeparator, path);
  }

  private List<Path> library() {
    Path directory = program.resolveSibling("lib");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> jars = Files.list(directory)) {
      return jars.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
