package dev.kvstore.app.cli.store;

import dev.kvstore.files.Durability;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How to open a store.
 *
 * @param location where it lies, as the user wrote it
 * @param createIfMissing whether it is made if it is not there
 * @param maxBytes a lower cap than the engine's own, in bytes
 * @param command what this process is to others that find the store locked, such as "kv create"
 * @param durability what an acknowledged write has survived
 * @param readOnly whether it is only looked at, beside a process that may have it open
 * @param lockWait how long to wait for a store that somebody else has open
 */
public record OpenRequest(
    String location,
    boolean createIfMissing,
    OptionalLong maxBytes,
    String command,
    Durability durability,
    boolean readOnly,
    Duration lockWait) {

  /** The same, not only to look at. */
  OpenRequest writable() {
    return new OpenRequest(
        location, createIfMissing, maxBytes, command, durability, false, lockWait);
  }

  /** The same, only to look at. */
  OpenRequest asReadOnly() {
    return new OpenRequest(location, false, maxBytes, command, durability, true, lockWait);
  }

  /** The same without a cap and a durability, which are for what is written. */
  OpenRequest asSource() {
    return new OpenRequest(
        location,
        createIfMissing,
        OptionalLong.empty(),
        command,
        Durability.SYNC,
        readOnly,
        lockWait);
  }

  /** The same for another place, made there or not. */
  OpenRequest at(String place, boolean make) {
    return new OpenRequest(place, make, maxBytes, command, durability, readOnly, lockWait);
  }
}
