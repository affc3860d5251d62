package dev.kvstore.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes files and folders that only their owner can use (modes 0600 and 0700, where the system knows modes), whatever the
 * process's mask is.
 */
public final class PrivateFiles {

  private static final String FOR_OWNER = "rw-------";

  /** How many names in a row may be taken before something else is wrong. */
  private static final int MAX_ATTEMPTS = 100;

  private PrivateFiles() {}

  /**
   * Makes a new file and opens it for reading and writing.
   *
   * @throws FileAlreadyExistsException if there is something of that name, even a dangling link
   */
  public static FileChannel createNew(Path file) throws IOException {
    return open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /**
   * Makes an empty file with a new name in the folder for temporary files ({@code java.io.tmpdir}). Unlike {@link
   * Files#createTempFile} it does without a generator of secret numbers, which takes long to start: whoever guesses the name and
   * is first only makes it choose another.
   */
  public static Path createTemporary(String prefix, String suffix) throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    for (int attempt = 1; ; attempt++) {
      String middle = Long.toHexString(ThreadLocalRandom.current().nextLong());
      Path file = folder.resolve(prefix + middle + suffix);
      try {
        createNew(file).close();
        return file;
      } catch (FileAlreadyExistsException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Opens a file for reading and writing, and makes it if it is not there; a symbolic link is an error. */
  static FileChannel openOrCreate(Path file) throws IOException {
    return open(
        file,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Makes a folder and those above it that are missing, each durably before the next; what is there already keeps its mode.
   *
   * @throws FileAlreadyExistsException if something else is in the way
   */
  public static void createFolders(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (Files.isDirectory(folder) || parent == null) {
      return;
    }
    createFolders(parent);
    Files.createDirectories(folder, attributes("rwx------"));
    forceFolder(parent);
  }

  /** Takes the right to a file from all but its owner, where files have modes. */
  public static void restrict(Path file) throws IOException {
    if (hasModes()) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FOR_OWNER));
    }
  }

  /**
   * Makes the names in a folder durable: what was created, renamed or deleted there before survives a power cut after this.
   * On systems that cannot force a folder (Windows) it does nothing; their file systems journal names by themselves.
   * An interrupt of the caller has no effect on it.
   */
  public static void forceFolder(Path folder) throws IOException {
    if (!hasModes()) {
      return;
    }
    OutOfReach.run(() -> {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
        return folder;
      }
    });
  }

  private static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    return FileChannel.open(file, options, attributes(FOR_OWNER));
  }

  private static FileAttribute<?>[] attributes(String mode) {
    if (!hasModes()) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }

  private static boolean hasModes() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
