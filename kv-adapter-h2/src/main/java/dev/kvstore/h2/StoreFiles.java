package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.files.PrivateFiles;
import dev.kvstore.files.StoragePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The files of one store: its data, and beside it what is being written to take the data's place. */
final class StoreFiles {

  private static final String REWRITE_SUFFIX = ".rewrite";

  private final StoragePath path;
  private final StorageFile.Opener opener;

  StoreFiles(StoragePath path, StorageFile.Opener opener) {
    this.path = path;
    this.opener = opener;
  }

  Path data() {
    return path.file();
  }

  /** Whether the data file has nothing in it, as when its making was cut short. */
  boolean isEmpty() throws IOException {
    return Files.size(data()) == 0;
  }

  /**
   * The data as the last crash has left it, if there was one.
   *
   * @throws CorruptStoreException UNSUPPORTED_FORMAT if it is no H2 database; STORE_CORRUPT if its end is damaged
   */
  GuardedFile openData(long limit) throws IOException {
    StorageFile file = opener.open(data());
    try {
      if (!FileMagic.isH2(file)) {
        throw Schema.foreign(data(), "is no H2 database");
      }
      return GuardedFile.inUse(data(), file, limit);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * The data as it was at the end of a group, if the file is too damaged to be opened otherwise; to be looked at alone.
   *
   * @param limit where the group ends, or some group before it
   * @return null if there is none
   */
  @Nullable
  GuardedFile openDamagedData(long limit) throws IOException {
    StorageFile file = opener.open(data());
    try {
      LastGroup group = LastGroup.notBehind(file, Math.min(limit, file.size()));
      if (group.last() != null) {
        return GuardedFile.damaged(data(), file, group);
      }
      file.close();
      return null;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** A new, empty file for a rewrite, which only its owner can read. */
  GuardedFile createRewrite(long limit) throws IOException {
    removeRewrite();
    Path rewrite = rewrite();
    PrivateFiles.createNew(rewrite).close();
    return GuardedFile.inMaking(data(), opener.open(rewrite), limit);
  }

  /** Removes what a rewrite has left that did not come to its end. */
  void removeRewrite() throws IOException {
    Files.deleteIfExists(rewrite());
  }

  /** Puts the rewrite, which must be closed and durable, in the place of the data; not for good before {@link #forceFolder}. */
  void publishRewrite() throws IOException {
    Files.move(
        rewrite(), data(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Makes the names of the files durable. */
  void forceFolder() throws IOException {
    PrivateFiles.forceFolder(path.folder());
  }

  private Path rewrite() {
    return path.sidecar(REWRITE_SUFFIX);
  }
}
