package dev.kvstore.app.cli.io;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.files.PrivateFiles;
import dev.kvstore.files.StorageFailures;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * A file that is written beside its place and takes it when it is complete and on the disk: at any time either the old one is
 * there, or the new one. Only its owner can read it. For one thread.
 *
 * <p>Its methods throw STORAGE_FAILED if the file system fails.
 */
public final class ReplacedFile implements AutoCloseable {

  private final Path file;
  private final Path unfinished;
  private final FileChannel channel;
  private final Output output;
  private boolean committed;

  private ReplacedFile(Path file, Path unfinished, FileChannel channel) {
    this.file = file;
    this.unfinished = unfinished;
    this.channel = channel;
    this.output =
        new Output(Channels.newOutputStream(channel), false, Printable.quote(file.toString()));
  }

  /**
   * Begins a file.
   *
   * @param text its path, relative to the working directory
   * @param dataFile the store that it is made from, which it must not replace, if that is a file
   * @param mayReplace asked if a file is there
   * @throws InvalidInputException INVALID_LOCATION if something else than a file is there, or the store, or a file that may not be
   *     replaced
   */
  public static ReplacedFile at(
      String text, Optional<String> dataFile, BooleanSupplier mayReplace) {
    Path given;
    try {
      given = Path.of(text).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw refuse(text, "is no path on this system");
    }
    Path name = given.getFileName();
    if (name == null || Files.isDirectory(given)) {
      throw refuse(text, "is a directory");
    }
    Path file = inRealFolder(given, name);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw refuse(text, "is no regular file");
    }
    try {
      if (dataFile.isPresent() && isSame(file, Path.of(dataFile.get()))) {
        throw refuse(text, "is the store itself");
      }
      if (StoreFiles.isLock(file) || StoreFiles.isBesideStore(file)) {
        throw refuse(text, "belongs to the store beside it");
      }
      if (StoreFiles.isStore(file)) {
        throw refuse(text, "is a store; remove it first");
      }
      if (Files.exists(file) && !mayReplace.getAsBoolean()) {
        throw refuse(text, "is there, and is not to be replaced");
      }
      // Not the number of the process: in a container that is often the same each time.
      String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
      Path unfinished = file.resolveSibling(name + ".unfinished-" + random);
      FileChannel channel = PrivateFiles.createNew(unfinished);
      // Also when the process is asked to end while it writes.
      unfinished.toFile().deleteOnExit();
      return new ReplacedFile(file, unfinished, channel);
    } catch (IOException e) {
      throw StorageFailures.failed("write", file, e);
    }
  }

  /** Where the system finds it: a link before two dots leads elsewhere than the text says. */
  private static Path inRealFolder(Path given, Path name) {
    Path folder = given.getParent();
    try {
      return folder == null ? given : folder.toRealPath().resolve(name);
    } catch (IOException e) {
      throw StorageFailures.failed("write", given, e);
    }
  }

  private static boolean isSame(Path file, Path store) throws IOException {
    return Files.exists(file) && Files.exists(store) && Files.isSameFile(file, store);
  }

  /** Where its text goes. */
  public Output output() {
    return output;
  }

  /** Puts what was written in its place, durably. */
  public void commit() {
    output.flush();
    try {
      channel.force(true);
      channel.close();
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      committed = true;
      Path folder = file.getParent();
      if (folder != null) {
        PrivateFiles.forceFolder(folder);
      }
    } catch (IOException e) {
      throw StorageFailures.failed("write", file, e);
    }
  }

  /** Takes back what was not committed. */
  @Override
  public void close() {
    if (committed) {
      return;
    }
    try {
      channel.close();
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw StorageFailures.failed("remove", unfinished, e);
    }
  }

  private static InvalidInputException refuse(String text, String fault) {
    return InvalidInputException.location(
        "cannot write to " + Printable.quote(text) + ": it " + fault
            + "; name another file, or - for the standard output",
        Map.of("file", text));
  }
}
