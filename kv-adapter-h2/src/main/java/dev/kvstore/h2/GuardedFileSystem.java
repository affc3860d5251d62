package dev.kvstore.h2;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * The file system in which H2 sees the files of this engine and nothing else: {@code kvstore<random>:/<number>.mv.db} for each open
 * {@link GuardedFile}. The random part keeps it apart from that of another copy of this class, in another class loader, that uses the
 * same H2. A path of a user never becomes part of a database URL, so nothing in it can be taken for a setting, a
 * home directory or another file system; and H2 can make no file beside the database.
 */
final class GuardedFileSystem extends FilePath {

  private static final String SCHEME =
      "kvstore" + Long.toHexString(ThreadLocalRandom.current().nextLong());
  private static final String ROOT = SCHEME + ":/";
  private static final String SUFFIX = ".mv.db";
  private static final Map<String, GuardedFile> FILES = new ConcurrentHashMap<>();

  static {
    FilePath.register(new GuardedFileSystem(ROOT));
  }

  private GuardedFileSystem(String name) {
    this.name = name;
  }

  /** Shows a file to H2 until {@link #remove}; returns the name of its database. */
  static String add(GuardedFile file) {
    // Numbers are used again, since H2 remembers each name for which a database was dropped.
    for (int number = 0; ; number++) {
      String database = ROOT + number;
      if (FILES.putIfAbsent(database + SUFFIX, file) == null) {
        return database;
      }
    }
  }

  /** The name of the file of a database. */
  static String fileOf(String database) {
    return database + SUFFIX;
  }

  /** Takes the file of a database away from H2; does nothing if the name has become another file's. */
  static void remove(String database, GuardedFile file) {
    FILES.remove(database + SUFFIX, file);
  }

  private @Nullable GuardedFile file() {
    return FILES.get(name);
  }

  private boolean isRoot() {
    return name.equals(ROOT);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FilePath getPath(String path) {
    return new GuardedFileSystem(path);
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    GuardedFile file = file();
    if (file == null) {
      throw new FileNotFoundException("no file may be opened but the database's own");
    }
    return new GuardedChannel(file);
  }

  @Override
  public long size() {
    GuardedFile file = file();
    return file == null ? 0 : file.size();
  }

  @Override
  public boolean exists() {
    return isRoot() || file() != null;
  }

  @Override
  public boolean isDirectory() {
    return isRoot();
  }

  @Override
  public boolean isRegularFile() {
    return file() != null;
  }

  @Override
  public boolean canWrite() {
    GuardedFile file = file();
    return file != null && file.isWritable();
  }

  @Override
  public boolean isAbsolute() {
    return true;
  }

  @Override
  public FilePath toRealPath() {
    return this;
  }

  @Override
  public @Nullable FilePath getParent() {
    return isRoot() ? null : new GuardedFileSystem(ROOT);
  }

  /** Empty: H2 looks there for temporary files of its own, and makes none. */
  @Override
  public List<FilePath> newDirectoryStream() {
    return List.of();
  }

  @Override
  public long lastModified() {
    return 0;
  }

  @Override
  public boolean createFile() {
    return false;
  }

  @Override
  public boolean setReadOnly() {
    return false;
  }

  @Override
  public void createDirectory() {
    throw refused("make a folder");
  }

  @Override
  public void delete() {
    throw refused("delete a file");
  }

  @Override
  public void moveTo(FilePath target, boolean atomicReplace) {
    throw refused("move a file");
  }

  private static UnsupportedOperationException refused(String action) {
    return new UnsupportedOperationException("the database may not " + action);
  }
}
