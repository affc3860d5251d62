package dev.kvstore.app.cli.store;

import java.util.OptionalLong;

/**
 * How to open a store.
 *
 * @param location where it lies, as the user wrote it
 * @param createIfMissing whether it is made if it is not there
 * @param maxBytes a lower cap than the engine's own, in bytes
 * @param command what this process is to others that find the store locked, such as "kv create"
 */
public record OpenRequest(
    String location, boolean createIfMissing, OptionalLong maxBytes, String command) {}
