package dev.kvstore.h2;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether the chunks of an open file are as they were written. H2 checks the two ends of a chunk, not what is between. Here each is
 * read as a whole when it is first asked for; those that were written since the file was opened are not. Safe for any thread.
 */
final class SoundChunks {

  private final ChunkReader chunks;
  private final int newest;
  private final BitSet sound = new BitSet();

  /** In which blocks the chunks end, from the newest on; where the last of them begins, the search for older ones goes on. */
  private int[] ends = new int[16];

  private int found;
  private long begin;
  private @Nullable ChunkFooter last;
  private boolean searched;

  /**
   * The chunks of {@code file} as it is now.
   *
   * @param newest the footer of the newest; null if there is none
   * @param end where that ends
   */
  SoundChunks(StorageFile file, @Nullable ChunkFooter newest, long end) {
    this.chunks = new ChunkReader(file);
    this.newest = newest == null ? -1 : newest.number();
    this.begin = end;
  }

  /**
   * Whether a chunk is as it was written, and the newest, too, which says where all the others are. Of those that another program
   * wrote, and of all before them, nobody can tell; they are taken to be. Reads the chunk the first time, and the last bytes of
   * those that came after it.
   *
   * @param number H2's number of the chunk
   */
  synchronized boolean isSound(int number) throws IOException {
    return newest < 0 || (isSoundOfAge(0) && isSoundOfAge(newest - number));
  }

  /** Whether the newest chunk is as it was written. */
  synchronized boolean isNewestSound() throws IOException {
    return newest < 0 || isSoundOfAge(0);
  }

  /** Whether all chunks are as they were written. Reads those that were not read yet. */
  synchronized boolean areAllSound() throws IOException {
    if (newest < 0) {
      return true;
    }
    int age = 0;
    while (isSoundOfAge(age) && age < found) {
      age++;
    }
    return age == found && (begin <= ChunkReader.FIRST_CHUNK || hasNoMark(last));
  }

  private static boolean hasNoMark(@Nullable ChunkFooter footer) {
    return footer != null && footer.mark() == null;
  }

  private boolean isSoundOfAge(int age) throws IOException {
    if (age < 0 || sound.get(age)) {
      return true;
    }
    while (found <= age && !searched) {
      searched = !searchOn();
    }
    if (found <= age) {
      return hasNoMark(last);
    }
    long end = (long) ends[age] * GuardedFile.BLOCK;
    ChunkFooter footer = chunks.footerAt(end);
    boolean whole = footer != null && chunks.isWhole(footer, end);
    sound.set(age, whole);
    return whole;
  }

  /** Looks for the chunk before the oldest known; false if there is none that can be used. */
  private boolean searchOn() throws IOException {
    if (begin <= ChunkReader.FIRST_CHUNK || hasNoMark(last)) {
      return false;
    }
    ChunkFooter footer = chunks.footerAt(begin);
    if (footer == null || footer.number() != newest - found) {
      return false;
    }
    if (found == ends.length) {
      ends = Arrays.copyOf(ends, 2 * found);
    }
    ends[found] = Math.toIntExact(begin / GuardedFile.BLOCK);
    found++;
    begin -= footer.length();
    last = footer;
    return true;
  }
}
