package dev.kvstore.files;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to open a store that lives in a file. Immutable; the methods that change something return a copy.
 *
 * @param path where it lies
 * @param createIfMissing whether a store that is not there is made, with the folders above it; otherwise STORE_MISSING
 * @param maxBytes the cap, in bytes, that the data file never exceeds: at most {@link #MAX_BYTES}, and at least what the engine
 *     says. It holds for this opening, not for the file
 * @param command what this process is to others that find the store locked, such as "kv create"
 * @param durability what an acknowledged write has survived
 * @param readOnly whether the store is only looked at, with nothing made or changed. Whether that can be beside a process that
 *     writes to it, the engine says. Then a store that is not there is STORE_MISSING
 * @param lockWait how long to wait for a store that somebody else has open, before STORE_LOCKED; zero for not at all
 */
public record StorageOptions(
    StoragePath path,
    boolean createIfMissing,
    long maxBytes,
    String command,
    Durability durability,
    boolean readOnly,
    Duration lockWait) {

  /** The most bytes of a data file: 1 GB, true under both readings of it. */
  public static final long MAX_BYTES = 1_000_000_000L;

  /** Checks the upper bound of the cap, and that the wait is not negative; throws IllegalArgumentException. */
  public StorageOptions {
    if (maxBytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the maximum size is " + maxBytes + " bytes; the limit is " + MAX_BYTES);
    }
    if (lockWait.isNegative()) {
      throw new IllegalArgumentException("the wait for the lock is negative: " + lockWait);
    }
  }

  /** The defaults: made if missing, the largest cap, known to others by the name of the program, forced writes, no wait. */
  public static StorageOptions at(StoragePath path) {
    return new StorageOptions(
        path, true, MAX_BYTES, programName(), Durability.SYNC, false, Duration.ZERO);
  }

  /**
   * The same for a file.
   *
   * @param file absolute, or relative to the working directory
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_LOCATION if no store can have this path
   */
  public static StorageOptions at(Path file) {
    return at(StoragePath.of(file));
  }

  /** The same, but a store that is not there is an error, and nothing is made. */
  public StorageOptions mustExist() {
    return new StorageOptions(path, false, maxBytes, command, durability, readOnly, lockWait);
  }

  /** The same with another cap. */
  public StorageOptions withMaxBytes(long bytes) {
    return new StorageOptions(
        path, createIfMissing, bytes, command, durability, readOnly, lockWait);
  }

  /** The same under another name towards others. */
  public StorageOptions withCommand(String name) {
    return new StorageOptions(
        path, createIfMissing, maxBytes, name, durability, readOnly, lockWait);
  }

  /** The same with another promise for acknowledged writes. */
  public StorageOptions withDurability(Durability mode) {
    return new StorageOptions(path, createIfMissing, maxBytes, command, mode, readOnly, lockWait);
  }

  /** The same, to look at alone. */
  public StorageOptions asReadOnly() {
    return new StorageOptions(path, false, maxBytes, command, durability, true, lockWait);
  }

  /** The same with another wait for the lock. */
  public StorageOptions withLockWait(Duration wait) {
    return new StorageOptions(path, createIfMissing, maxBytes, command, durability, readOnly, wait);
  }

  /**
   * Checks the lower bound of the cap.
   *
   * @throws IllegalArgumentException if the cap is less than {@code minimum} bytes
   */
  public void requireMaxBytesAtLeast(long minimum) {
    if (maxBytes < minimum) {
      throw new IllegalArgumentException(
          "the maximum size is " + maxBytes + " bytes; the least is " + minimum);
    }
  }

  /** The main class or jar alone: arguments may hold what others should not read. */
  private static String programName() {
    String command = System.getProperty("sun.java.command", "java");
    return command.split(" ", 2)[0];
  }
}
