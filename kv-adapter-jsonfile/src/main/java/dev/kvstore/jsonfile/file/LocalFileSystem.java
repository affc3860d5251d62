package dev.kvstore.jsonfile.file;

import dev.kvstore.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file system of the machine. */
public final class LocalFileSystem implements StoreFileSystem {

  @Override
  public StoreFile open(Path file) throws IOException {
    return new LocalFile(file);
  }

  @Override
  public StoreFile create(Path file) throws IOException {
    PrivateFiles.createNew(file).close();
    return new LocalFile(file);
  }

  @Override
  public boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    PrivateFiles.forceFolder(folder);
  }
}
