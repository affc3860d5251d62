package dev.kvstore.core.model;

/**
 * What a store holds under a key.
 *
 * @param key the name
 * @param value the value
 * @param expiresAtMillis when it expires, in milliseconds since 1970; {@link #NEVER} if it does not
 * @param version names this writing of the key: no two writings of one key in one store have the same version. Compared for
 *     equality only
 */
public record Entry(Key key, JsonValue value, long expiresAtMillis, long version) {

  /** The expiry of an entry that does not expire. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Whether this entry is there at {@code nowMillis}, by {@link #isLive}. */
  public boolean isLiveAt(long nowMillis) {
    return isLive(expiresAtMillis, nowMillis);
  }

  /**
   * The rule of expiry, which every engine asks here: an entry is gone the instant now reaches its expiry. Both in
   * milliseconds since 1970.
   */
  public static boolean isLive(long expiresAtMillis, long nowMillis) {
    return nowMillis < expiresAtMillis;
  }
}
