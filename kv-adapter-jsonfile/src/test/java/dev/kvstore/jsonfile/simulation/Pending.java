package dev.kvstore.jsonfile.simulation;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Something that programs see and that is not on the disk yet. */
sealed interface Pending {

  /** A change of a file. */
  record OfFile(Content content, Content.FileChange change) implements Pending {}

  /** A change of names, in one step: what each of them leads to then, empty for nothing. */
  record OfNames(Map<Path, Optional<Content>> changes) implements Pending {

    void applyTo(Map<Path, Content> names) {
      changes.forEach((path, content) ->
          content.ifPresentOrElse(there -> names.put(path, there), () -> names.remove(path)));
    }

    boolean isIn(Path folder) {
      return changes.keySet().stream().anyMatch(path -> folder.equals(path.getParent()));
    }
  }
}
