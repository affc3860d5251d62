package dev.kvstore.jsonfile.file;

import dev.kvstore.files.PrivateFiles;
import dev.kvstore.files.StoragePath;
import dev.kvstore.files.StoreLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** The file system of the machine. */
public final class LocalFileSystem implements StoreFileSystem {

  @Override
  public boolean hasDataFile(StoragePath path) throws IOException {
    return path.exists();
  }

  @Override
  public Closeable lock(StoragePath path, String command, Duration wait) throws IOException {
    return StoreLock.acquire(path, command, wait);
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    PrivateFiles.createFolders(folder);
  }

  @Override
  public StoreFile open(Path file) throws IOException {
    return new LocalFile(file);
  }

  @Override
  public ReadableFile openToRead(Path file) throws IOException {
    return new LocalReads(file);
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
