package dev.kvstore.jsonfile;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.checkpoint.Checkpoint;
import dev.kvstore.jsonfile.checkpoint.CheckpointFile;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.index.Hash;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.LineReads;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.recovery.LastLine;
import dev.kvstore.jsonfile.recovery.LogEnd;
import dev.kvstore.jsonfile.recovery.LogScanner;
import dev.kvstore.jsonfile.recovery.Recovered;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Finds out what an existing file holds: from its checkpoint and the lines behind it, or from all lines. Changes nothing. */
final class Recovery {

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
  Recovered recover(StoreFile file, LogHeader header) throws IOException {
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
        return scan(file, header, index, end.get());
      }
      checkpoint.slots().memory().close();
    }
    LogEnd start = LogEnd.durable(header.line().length, 0, false);
    return scan(file, header, KeyIndex.empty(lines, Hash.random()), start);
  }

  private Recovered scan(StoreFile file, LogHeader header, KeyIndex index, LogEnd from)
      throws IOException {
    return new LogScanner(file, path.file().toString(), header, index, from).scan();
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
