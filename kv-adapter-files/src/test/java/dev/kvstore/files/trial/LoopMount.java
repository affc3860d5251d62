package dev.kvstore.files.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file system of the test's own, in a file. Where it cannot be made, the test is skipped and says so. */
public final class LoopMount implements AutoCloseable {

  /** A kind of file system. */
  public enum Type {
    /** What most Linux systems use. */
    EXT4,
    /** Its images have at least 300 MB. */
    XFS;

    private List<String> make() {
      return this == EXT4 ? List.of("mkfs.ext4", "-q", "-F") : List.of("mkfs.xfs", "-q", "-f");
    }
  }

  private final Path image;
  private final Path mount;
  private final String options;

  private LoopMount(Path image, Path mount, String options) {
    this.image = image;
    this.mount = mount;
    this.options = options;
  }

  /**
   * Makes and mounts one.
   *
   * @param folder where the image and the mount point are made
   * @param size as {@code truncate} takes it; the image is sparse
   */
  public static LoopMount of(Type type, Path folder, String size) throws Exception {
    return of(type, folder, size, List.of(), "loop");
  }

  /** The same with options for {@code mkfs} and {@code mount}. */
  public static LoopMount of(
      Type type, Path folder, String size, List<String> makeOptions, String mountOptions)
      throws Exception {
    LoopMount made = new LoopMount(folder.resolve("image"), folder.resolve("mount"), mountOptions);
    Files.createDirectories(made.mount);
    Commands.require("truncate", "-s", size, made.image.toString());
    List<String> command = new ArrayList<>(type.make());
    command.addAll(makeOptions);
    command.add(made.image.toString());
    Commands.require(command.toArray(String[]::new));
    Commands.require(made.mountCommand());
    return made;
  }

  /** The folder that is its root. */
  public Path folder() {
    return mount;
  }

  /** Cuts the power: what was not forced is lost, and nothing can be read or written before {@link #mountAgain}. */
  public void cutPower() throws IOException, InterruptedException {
    Commands.cutPower(mount);
  }

  /** What a restart does. Nobody may have a file open there. */
  public void mountAgain() throws IOException, InterruptedException {
    Commands.run("umount", mount.toString());
    Commands.run(mountCommand());
  }

  private String[] mountCommand() {
    return new String[] {"mount", "-o", options, image.toString(), mount.toString()};
  }

  @Override
  public void close() throws IOException {
    try {
      Commands.run("umount", mount.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(mount + " is still mounted", e);
    }
    Files.delete(image);
  }
}
