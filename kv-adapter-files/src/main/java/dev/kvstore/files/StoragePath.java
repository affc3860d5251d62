package dev.kvstore.files;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a store's data file, checked. The last component must be a regular file with one name, or nothing yet: no
 * directory, device, symbolic link or hard link, since each of these would let two paths mean one store, or one path mean
 * something that is no store. Immutable.
 *
 * @param file absolute and normalised
 */
public record StoragePath(Path file) {

  /** The most bytes of the file's own name in UTF-8; leaves room for the names of files beside it. */
  public static final int MAX_NAME_BYTES = 200;

  /** What stores keep beside their data file; such a file would be taken from one of them. */
  private static final Pattern BESIDE =
      Pattern.compile("\\.(lock|index|index\\.tmp|compact|rewrite|torn-[0-9]+(\\.[0-9]+)?)$");

  /** What Java puts in the place of bytes that are no text in the encoding of this machine: two names would become one. */
  private static final char UNREADABLE = '\ufffd';

  /** The most bytes of the whole path in UTF-8. */
  public static final int MAX_PATH_BYTES = 4_000;

  /**
   * The store's path for what a user wrote.
   *
   * @throws InvalidInputException INVALID_LOCATION if no store can have this path
   */
  public static StoragePath parse(String text) {
    if (text.isBlank()) {
      throw refuse(text, "is empty", "name a file");
    }
    try {
      return of(Path.of(text));
    } catch (InvalidPathException e) {
      throw refuse(text, "is no path on this system", "choose another");
    }
  }

  /**
   * Checks a path without looking at the file system.
   *
   * @param path absolute or relative to the working directory
   * @throws InvalidInputException INVALID_LOCATION if no store can have this path
   */
  public static StoragePath of(Path path) {
    String text = path.toString();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw refuse(text, "has a control character", "choose another");
      }
    }
    Path file = path.toAbsolutePath().normalize();
    Path name = file.getFileName();
    if (text.isEmpty() || name == null) {
      throw refuse(text, "names no file", "name a file");
    }
    Optional<String> suffix = suffixBeside(name);
    if (suffix.isPresent()) {
      throw refuse(
          text, "ends with " + suffix.get() + ", as a file beside a store does", "choose another");
    }
    if (file.toString().indexOf(UNREADABLE) >= 0) {
      throw refuse(text, "holds a character that could not be read", "choose another");
    }
    checkLength(text, "file name", name, MAX_NAME_BYTES);
    checkLength(text, "path", file, MAX_PATH_BYTES);
    return new StoragePath(file);
  }

  /** How a file's name ends, if it ends as that of a file does which a store has, or may make, beside its data file. */
  public static Optional<String> suffixBeside(Path name) {
    Matcher found = BESIDE.matcher(name.toString());
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }

  /** The path of a file beside the data file, with {@code suffix} after its name. */
  public Path sidecar(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** The folder that the data file lies in. */
  public Path folder() {
    return Objects.requireNonNull(file.getParent(), "a checked path has a parent");
  }

  /**
   * Whether there is a data file.
   *
   * @throws InvalidInputException INVALID_LOCATION if there is something else under its name, or above it
   * @throws IOException if that cannot be found out
   */
  public boolean exists() throws IOException {
    return existsAsRegularFile(file);
  }

  /** Like {@link #exists()}, for any file that belongs to a store. */
  static boolean existsAsRegularFile(Path file) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      // Which of the two a path below a file gives depends on the JDK.
      requireNotBelowFile(file);
      return false;
    } catch (FileSystemException e) {
      requireNotBelowFile(file);
      throw e;
    }
    String text = file.toString();
    if (attributes.isSymbolicLink()) {
      throw refuse(text, "is a symbolic link", "name the file that it leads to");
    }
    if (attributes.isDirectory()) {
      throw refuse(text, "is a directory", "name a file in it");
    }
    if (!attributes.isRegularFile()) {
      throw refuse(text, "is no regular file", "name one");
    }
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Object links = Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
      // None, if another file was put in its place at this very moment.
      if (links instanceof Integer count && count > 1) {
        throw refuse(
            text, "has " + links + " hard links", "a store has one name, remove the others");
      }
    }
    return true;
  }

  private static void requireNotBelowFile(Path file) {
    for (Path above = file.getParent(); above != null; above = above.getParent()) {
      // One look: a second one may fail, and then it would be taken for something else.
      Optional<Boolean> folder = isFolder(above);
      if (folder.isPresent()) {
        if (folder.get()) {
          return;
        }
        throw refuse(
            file.toString(),
            "lies below " + Printable.quote(above.toString()) + ", which is no folder",
            "choose another");
      }
    }
  }

  /** Empty if it is not there, or cannot be looked at. */
  private static Optional<Boolean> isFolder(Path path) {
    try {
      return Optional.of(Files.readAttributes(path, BasicFileAttributes.class).isDirectory());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void checkLength(String text, String what, Path part, int limit) {
    int length = part.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > limit) {
      throw refuse(
          text,
          "has a " + what + " of " + length + " bytes; the limit is " + limit,
          "choose a shorter one");
    }
  }

  private static InvalidInputException refuse(String text, String fault, String advice) {
    return InvalidInputException.location(
        "the path " + Printable.quote(text) + " " + fault + "; " + advice,
        Map.of("location", text));
  }
}
