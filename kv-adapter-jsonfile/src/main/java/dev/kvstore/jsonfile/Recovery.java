package dev.kvstore.jsonfile;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.checkpoint.Checkpoint;
import dev.kvstore.jsonfile.checkpoint.CheckpointFile;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.index.Hash;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.LineReads;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.recovery.LastChecksums;
import dev.kvstore.jsonfile.recovery.LastLine;
import dev.kvstore.jsonfile.recovery.LogEnd;
import dev.kvstore.jsonfile.recovery.LogScanner;
import dev.kvstore.jsonfile.recovery.Recovered;
import dev.kvstore.jsonfile.recovery.SnapshotScan;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Finds out what an existing file holds: from its checkpoint and the lines behind it, or from all lines. Changes nothing. */
final class Recovery {

  /**
   * An index, and where the first line begins that it does not know.
   *
   * @param written up to where lines were written once, in bytes, if nothing else tells; or 0
   */
  private record Known(KeyIndex index, LogEnd end, long written) {}

  private final StoragePath path;
  private final CheckpointFile checkpoints;

  Recovery(StoragePath path, CheckpointFile checkpoints) {
    this.path = path;
    this.checkpoints = checkpoints;
  }

  /**
   * Reads what the checkpoint does not vouch for.
   *
   * @throws CorruptStoreException STORE_CORRUPT if the file is damaged there, or has lost its end
   */
  Recovered recover(ReadableFile file, LogHeader header) throws IOException {
    Known known = known(file, header);
    LogScanner scanner =
        new LogScanner(file, path.file().toString(), header, known.index(), known.end());
    Recovered recovered = scanner.scan();
    requireAll(known, recovered.end());
    return recovered;
  }

  /**
   * The index of what is there now, all of a commit or nothing of it, whatever another process writes meanwhile.
   *
   * @throws CorruptStoreException as {@link #recover}
   */
  KeyIndex snapshot(ReadableFile file, LogHeader header) throws IOException {
    Known known = known(file, header);
    SnapshotScan scan = new SnapshotScan(file, path.file().toString(), header, known.index());
    requireAll(known, scan.run(known.end()));
    return known.index();
  }

  /** What the checkpoint vouches for, or the beginning. */
  private Known known(ReadableFile file, LogHeader header) throws IOException {
    LineReads lines = new LineReads(file, path.file(), header);
    Optional<Checkpoint> found = checkpoints.read(header);
    if (found.isPresent()) {
      Checkpoint checkpoint = found.get();
      if (checkpoint.offset() > file.size()) {
        throw endIsLost(checkpoint.offset(), file.size());
      }
      Optional<LogEnd> end = LastLine.endAt(file, header, checkpoint.offset(), checkpoint.seq());
      if (end.isPresent() && checkpoint.last() == LastChecksums.before(file, checkpoint.offset())) {
        KeyIndex index = KeyIndex.of(
            lines,
            checkpoint.hash(),
            checkpoint.slots(),
            checkpoint.entries(),
            checkpoint.expiry(),
            checkpoint.lineBytes());
        return new Known(index, end.get(), 0);
      }
      checkpoint.slots().memory().close();
    }
    LogEnd start = LogEnd.durable(header.line().length, 0, false);
    long written = found.map(Checkpoint::offset).orElse(0L);
    return new Known(KeyIndex.empty(lines, Hash.random()), start, written);
  }

  /** What the lines do not tell, the index does: that there were more. Then what looks like a torn end is a lost one. */
  private void requireAll(Known known, LogEnd end) {
    if (end.offset() < known.written()) {
      throw endIsLost(known.written(), end.offset());
    }
  }

  private CorruptStoreException endIsLost(long written, long end) {
    return CorruptStoreException.damaged(
        "store " + Printable.quote(path.file().toString())
            + " has lost its end: its lines end at byte "
            + end + ", and its index knows that " + written
            + " bytes were written. Nothing was changed; restore the file from a copy, repair it into a new one, or accept the shorter file by removing "
            + Printable.quote(path.sidecar(".index").toString()),
        Map.of("file", path.file().toString(), "offset", end, "expected", written));
  }
}
