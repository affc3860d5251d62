package dev.kvstore.core;

import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.TimeToLive;
import java.util.Optional;

/**
 * What a session will do to one key.
 *
 * @param key the key
 * @param value the value it gets; empty if it is removed
 * @param timeToLive how long the entry lives from the commit on
 */
public record StagedChange(Key key, Optional<JsonValue> value, TimeToLive timeToLive) {}
