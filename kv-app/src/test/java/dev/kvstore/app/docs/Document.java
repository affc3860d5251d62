package dev.kvstore.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document of the project, for running its examples. */
record Document(String text) {

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** The document at {@code path}, which starts at the project's top folder. */
  static Document at(String path) throws IOException {
    return new Document(Files.readString(top().resolve(path)));
  }

  /** The project's top folder: tests run in a module's. */
  static Path top() {
    return Path.of("").toAbsolutePath().getParent();
  }

  /** The texts of the fenced blocks of a language. */
  List<String> blocks(String language) {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }
}
