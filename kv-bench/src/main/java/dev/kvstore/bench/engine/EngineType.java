package dev.kvstore.bench.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A kind of store that can be measured: what it can do, how it is set, and how it is opened. Stateless. */
public interface EngineType {

  /** The name in tables and on the command line: lower case, digits and dashes. */
  String name();

  /** How its rows are to be read. */
  Role role();

  /** The settings with which it is measured, and what a killed process loses if writes are not forced. */
  String settings(Durability durability);

  /** Why it cannot take part in a work that asks for {@code feature}; empty if it can. */
  Optional<String> cannot(Feature feature);

  /** Opens the store in an existing directory of its own, and makes it if it is not there. */
  Engine open(Path directory, Opening opening) throws Exception;

  /** How the names of the jars begin that it needs besides the JDK; they are put first on the class path of its process. */
  default List<String> jars() {
    return List.of();
  }

  /** What its process must be started with. */
  default List<String> jvmFlags() {
    return List.of();
  }

  /** The most entries with which it is measured, because more would take too long. */
  default long maxEntries() {
    return Long.MAX_VALUE;
  }
}
