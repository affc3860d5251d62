package dev.kvstore.jsonfile.file;

import java.io.IOException;
import java.nio.file.Path;

/** What the engine asks of a file system. */
public interface StoreFileSystem {

  /** Opens a file that is there. */
  StoreFile open(Path file) throws IOException;

  /** Makes a file that only its owner can use, and opens it; an error if there is something of that name. */
  StoreFile create(Path file) throws IOException;

  /** Whether there is something of that name. */
  boolean exists(Path file) throws IOException;

  /** Gives {@code from} the name {@code to}, in one step, in place of what had it. */
  void rename(Path from, Path to) throws IOException;

  /** Removes a file, if it is there. */
  void delete(Path file) throws IOException;

  /** Returns when what was created, renamed and deleted in {@code folder} is on the disk. */
  void forceFolder(Path folder) throws IOException;
}
