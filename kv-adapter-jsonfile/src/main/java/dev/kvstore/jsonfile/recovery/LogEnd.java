package dev.kvstore.jsonfile.recovery;

/**
 * Where a log ends, and how much of it is known to be on the disk.
 *
 * @param offset behind the last line
 * @param seq the sequence number of that line; 0 if only the header is there
 * @param durableOffset up to where everything is known to be on the disk; what follows was forced by nobody, as far as the lines
 *     tell, though it can be read
 * @param durableSeq the sequence number of the last line before {@code durableOffset}
 * @param closed whether the last line is the mark of a clean close
 */
public record LogEnd(long offset, long seq, long durableOffset, long durableSeq, boolean closed) {

  /** The end of a log that is on the disk as a whole. */
  public static LogEnd durable(long offset, long seq, boolean closed) {
    return new LogEnd(offset, seq, offset, seq, closed);
  }

  /** The same end, once everything is on the disk. */
  public LogEnd forced() {
    return durable(offset, seq, closed);
  }
}
