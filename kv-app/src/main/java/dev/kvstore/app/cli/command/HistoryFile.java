package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.io.ErrorOutput;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.files.PrivateFiles;
import dev.kvstore.files.StorageFailures;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.reader.LineReader;

/** What was typed in earlier shells: a file beside the default store's place, for the user alone. */
final class HistoryFile {

  private HistoryFile() {}

  /** Has {@code reader} go on with it; where it cannot be kept, with a note and without it. */
  static void attach(LineReader reader, ErrorOutput err, StoreOpener opener) {
    String fault;
    try {
      Path file = make(Path.of(opener.dataFolder()));
      reader.setVariable(LineReader.HISTORY_FILE, file);
      load(reader);
      // Once it has grown long, JLine makes it anew with the mode that any new file gets.
      PrivateFiles.restrict(file);
      return;
    } catch (StoreException e) {
      fault = String.valueOf(e.getMessage());
    } catch (IOException e) {
      fault = StorageFailures.reason(e);
    }
    // Nor is it written then.
    reader.setVariable(LineReader.HISTORY_FILE, null);
    err.note("the history is not kept: " + fault);
  }

  private static Path make(Path folder) throws IOException {
    Path file = folder.resolve("history");
    if (Files.notExists(file)) {
      PrivateFiles.createFolders(folder);
      PrivateFiles.createNew(file).close();
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    return file;
  }

  /** Else it would be read with the first line, and end the shell if it is damaged. */
  private static void load(LineReader reader) throws IOException {
    try {
      reader.getHistory().attach(reader);
    } catch (RuntimeException e) {
      throw new IOException("its file is damaged: " + e, e);
    }
  }
}
