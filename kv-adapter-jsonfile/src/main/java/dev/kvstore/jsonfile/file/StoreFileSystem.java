package dev.kvstore.jsonfile.file;

import dev.kvstore.files.StoragePath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** What the engine asks of a file system: everything that it does outside the memory goes through here. */
public interface StoreFileSystem {

  /**
   * Whether there is a data file at {@code path}.
   *
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_LOCATION if there is something else of that name, or above it
   */
  boolean hasDataFile(StoragePath path) throws IOException;

  /**
   * Takes the store at {@code path} for this opening. Its folder must be there.
   *
   * @param command what this process is to others
   * @param wait how long to wait for it if somebody has it; zero for not at all
   * @return gives the store up when it is closed; a second close does nothing
   * @throws dev.kvstore.core.error.StoreUnavailableException STORE_LOCKED if somebody has it
   */
  Closeable lock(StoragePath path, String command, Duration wait) throws IOException;

  /** Makes a folder and those above it that are missing, durably, so that only their owner can use them. */
  void createFolders(Path folder) throws IOException;

  /** Opens a file that is there. */
  StoreFile open(Path file) throws IOException;

  /** Opens a file that is there, to look at it alone: neither the file nor its folder need be writable, and nothing is changed. */
  ReadableFile openToRead(Path file) throws IOException;

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
