package dev.kvstore.core.contract;

import dev.kvstore.core.error.PreconditionFailedException;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.TimeToLive;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The store's rules in their plainest form: a sorted map of values and the instants at which they expire. */
final class StoreModel {

  private record Held(JsonValue value, Optional<Long> expiry) {}

  private final SettableClock clock;
  private final TreeMap<Key, Held> entries = new TreeMap<>();
  private final Set<Key> written = new LinkedHashSet<>();

  StoreModel(SettableClock clock) {
    this.clock = clock;
  }

  /** A model with the same entries, for a session; the clock stands still while one runs. */
  StoreModel copy() {
    StoreModel copy = new StoreModel(clock);
    copy.entries.putAll(entries);
    return copy;
  }

  void become(StoreModel other) {
    entries.clear();
    entries.putAll(other.entries);
  }

  /** What was written since this model was made. */
  List<Key> written() {
    return new ArrayList<>(written);
  }

  void create(Key key, JsonValue value, TimeToLive ttl) {
    if (live(key).isPresent()) {
      throw PreconditionFailedException.exists(key.text());
    }
    put(key, value, ttl);
  }

  void put(Key key, JsonValue value, TimeToLive ttl) {
    Optional<Long> expiry =
        ttl.isUnlimited() ? Optional.empty() : Optional.of(clock.millis() + ttl.seconds() * 1_000);
    entries.put(key, new Held(value, expiry));
    written.add(key);
  }

  void delete(Key key) {
    require(key);
    entries.remove(key);
    written.add(key);
  }

  JsonValue read(Key key) {
    return require(key).value();
  }

  TimeToLive timeToLive(Key key) {
    return require(key)
        .expiry()
        .map(expiry -> TimeToLive.ofSeconds((long) Math.ceil((expiry - clock.millis()) / 1_000.0)))
        .orElse(TimeToLive.unlimited());
  }

  List<Key> keys(KeyRange range) {
    return entries.keySet().stream()
        .filter(range::contains)
        .filter(key -> live(key).isPresent())
        .toList();
  }

  private Held require(Key key) {
    return live(key).orElseThrow(() -> PreconditionFailedException.notFound(key.text()));
  }

  private Optional<Held> live(Key key) {
    return Optional.ofNullable(entries.get(key))
        .filter(held -> held.expiry().map(expiry -> clock.millis() < expiry).orElse(true));
  }
}
