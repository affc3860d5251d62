package dev.kvstore.jsonfile.compaction;

/**
 * When compaction is worth its cost, and how far the file may grow. All figures in bytes. For one thread at a time.
 *
 * <p>Writes that store entries stop short of the cap by a reserve, one 64th of it but at least 4 KiB, which deletes alone may
 * use; deletes leave room for one last mark.
 */
public final class CompactionPolicy {

  private static final long MIN_RESERVE = 4_096;
  private static final int RESERVE_SHARE = 64;
  private static final long MAX_SPARE = 8_192;
  private static final int RECLAIM_SHARE = 16;
  private static final long MIN_GARBAGE = 1 << 20;
  private static final int RETRY_SHARE = 8;
  private static final long RETRY_MILLIS = 600_000;

  private final long cap;
  private final long markBytes;
  private long nextTry;
  private long nextTryMillis;

  /**
   * A policy.
   *
   * @param cap what the file never exceeds
   * @param markBytes room for one mark
   */
  public CompactionPolicy(long cap, long markBytes) {
    this.cap = cap;
    this.markBytes = markBytes;
  }

  /** How long the file may be after a write that stores entries. */
  public long limitForEntries() {
    return cap - reserve();
  }

  /**
   * How much space on the disk there must be behind every write that stores entries, so that removals find room on a full disk.
   * Twice as much still fits under the cap.
   */
  public int spareBytes() {
    return (int) Math.min(MAX_SPARE, reserve() / 2);
  }

  private long reserve() {
    return Math.max(MIN_RESERVE, cap / RESERVE_SHARE);
  }

  /** How long the file may be after a write that only removes entries. */
  public long limitForRemovals() {
    return cap - markBytes;
  }

  /**
   * Whether to compact because a write does not fit: one that stores entries only if at least a 16th of the cap is won, so that
   * a file at the edge is not rewritten for each of them.
   */
  public boolean isWorthMakingRoom(long garbage, boolean onlyRemovals) {
    return garbage >= (onlyRemovals ? 1 : cap / RECLAIM_SHARE);
  }

  /**
   * Whether a compaction may begin without being asked: after one that failed, only when the file has grown by an eighth, or ten
   * minutes have passed.
   */
  public boolean mayTry(long fileBytes, long nowMillis) {
    return fileBytes >= nextTry || nowMillis >= nextTryMillis;
  }

  /** Notes that one begins at this length of the file. */
  public void triedAt(long fileBytes, long nowMillis) {
    nextTry =
        fileBytes + Math.max(fileBytes / RETRY_SHARE, Math.min(MIN_GARBAGE, cap / RECLAIM_SHARE));
    nextTryMillis = nowMillis + RETRY_MILLIS;
  }

  /** Notes that one was successful. */
  public void succeeded() {
    nextTry = 0;
  }

  /** Whether to compact without being asked: when more than half of the file is garbage, and enough to be worth it. */
  public boolean isDue(long fileBytes, long garbage) {
    return garbage > fileBytes / 2 && garbage >= Math.min(MIN_GARBAGE, cap / RECLAIM_SHARE);
  }
}
