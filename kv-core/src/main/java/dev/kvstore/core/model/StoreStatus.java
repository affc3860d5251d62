package dev.kvstore.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a store holds and takes, at one instant.
 *
 * @param engine the engine's name, such as {@code jsonfile}
 * @param location where the store lies, absolute
 * @param liveEntries entries that a read would find
 * @param expiredEntries entries that have expired and still take space
 * @param liveBytes what the live entries take in the engine's own storage, in bytes
 * @param fileBytes what the whole store takes, in bytes
 * @param maxFileBytes the cap, in bytes, that the store never exceeds; {@link Long#MAX_VALUE} if the engine knows none
 * @param details what else the engine tells of itself, by name, in its own order; for a person
 */
public record StoreStatus(
    String engine,
    String location,
    long liveEntries,
    long expiredEntries,
    long liveBytes,
    long fileBytes,
    long maxFileBytes,
    Map<String, String> details) {

  /** Copies {@code details}. */
  public StoreStatus {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** A status without details. */
  public StoreStatus(
      String engine,
      String location,
      long liveEntries,
      long expiredEntries,
      long liveBytes,
      long fileBytes,
      long maxFileBytes) {
    this(
        engine,
        location,
        liveEntries,
        expiredEntries,
        liveBytes,
        fileBytes,
        maxFileBytes,
        Map.of());
  }
}
