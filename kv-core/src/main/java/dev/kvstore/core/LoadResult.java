package dev.kvstore.core;

/**
 * What became of the entries of a load.
 *
 * @param stored how many were stored
 * @param skipped how many were left out because their key was live already
 * @param expired how many were left out because they had expired before
 */
public record LoadResult(long stored, long skipped, long expired) {

  /** Nothing yet. */
  public static final LoadResult NONE = new LoadResult(0, 0, 0);

  /** The sums of this and {@code other}. */
  public LoadResult plus(LoadResult other) {
    return new LoadResult(stored + other.stored, skipped + other.skipped, expired + other.expired);
  }
}
