package dev.kvstore.core.model;

/**
 * What a store holds and takes, at one instant.
 *
 * @param engine the engine's name, such as {@code jsonfile}
 * @param location where the store lies, absolute
 * @param liveEntries entries that a read would find
 * @param expiredEntries entries that have expired and still take space
 * @param liveBytes what the live entries take in the engine's own storage, in bytes
 * @param fileBytes what the whole store takes, in bytes
 * @param maxFileBytes the cap, in bytes, that the store never exceeds
 */
public record StoreStatus(
    String engine,
    String location,
    long liveEntries,
    long expiredEntries,
    long liveBytes,
    long fileBytes,
    long maxFileBytes) {}
