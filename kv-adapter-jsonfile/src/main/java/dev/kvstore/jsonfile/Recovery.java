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

  /** An index, and where the first line begins that it does not know. */
  private record Known(KeyIndex index, LogEnd end) {}

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
    return new LogScanner(file, path.file().toString(), header, known.index(), known.end()).scan();
  }

  /**
   * The index of what is there now, all of a commit or nothing of it, whatever another process writes meanwhile.
   *
   * @throws CorruptStoreException as {@link #recover}
   */
  KeyIndex snapshot(ReadableFile file, LogHeader header) throws IOException {
    Known known = known(file, header);
    new SnapshotScan(file, path.file().toString(), header, known.index()).run(known.end());
    return known.index();
  }

  /** What the checkpoint vouches for, or the beginning. */
  private Known known(ReadableFile file, LogHeader header) throws IOException {
    LineReads lines = new LineReads(file, path.file(), header);
    Optional<Checkpoint> found = checkpoints.read(header);
    if (found.isPresent()) {
      Checkpoint checkpoint = found.get();
      if (checkpoint.offset() > file.size()) {
        throw endIsLost(checkpoint, file.size());
      }
      Optional<LogEnd> end = LastLine.endAt(file, header, checkpoint.offset(), checkpoint.seq());
      if (end.isPresent()) {
        KeyIndex index = KeyIndex.of(
            lines,
            checkpoint.hash(),
            checkpoint.slots(),
            checkpoint.entries(),
            checkpoint.expiry(),
            checkpoint.lineBytes());
        return new Known(index, end.get());
      }
      checkpoint.slots().memory().close();
    }
    LogEnd start = LogEnd.durable(header.line().length, 0, false);
    return new Known(KeyIndex.empty(lines, Hash.random()), start);
  }

  private CorruptStoreException endIsLost(Checkpoint checkpoint, long size) {
    return CorruptStoreException.damaged(
        "store " + Printable.quote(path.file().toString()) + " has lost its end: it has " + size
            + " bytes, and its index knows that " + checkpoint.offset()
            + " were written. Nothing was changed; restore the file from a copy, or accept the shorter file by removing "
            + Printable.quote(path.sidecar(".index").toString()),
        Map.of("file", path.file().toString(), "offset", size, "expected", checkpoint.offset()));
  }
}
