package dev.kvstore.jsonfile;

import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.Slot;
import dev.kvstore.jsonfile.log.LineEncoder;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.log.LogLine.Step;
import dev.kvstore.jsonfile.recovery.LogEnd;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of one commit, ready to be written at one place of the file. */
final class Batch {

  private record Change(Key key, @Nullable Slot slot) {}

  private final List<Change> changes = new ArrayList<>();
  private final byte[] bytes;
  private final long lastSeq;

  /**
   * Encodes a commit.
   *
   * @param mutations those that have an effect, at least one
   * @param end of the log, where the lines will stand
   */
  Batch(List<Mutation> mutations, LogEnd end, long nowMillis, LineEncoder encoder) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    int of = mutations.size();
    for (int i = 0; i < of; i++) {
      Mutation mutation = mutations.get(i);
      // The lines of one commit are forced together, so none of them knows those before it to be
      // durable.
      long prev = end.seq() + i;
      Place place = new Place(prev + 1, prev, prev - end.durableSeq(), i + 1, of);
      byte[] line = encoder.encode(new LogLine(place, nowMillis, step(mutation)));
      changes.add(new Change(
          mutation.key(), slot(mutation, end.offset() + lines.size(), line.length, place.seq())));
      lines.write(line, 0, line.length);
    }
    this.bytes = lines.toByteArray();
    this.lastSeq = end.seq() + of;
  }

  byte[] bytes() {
    return bytes;
  }

  long lastSeq() {
    return lastSeq;
  }

  /** Makes the changes visible in an index. */
  void publish(KeyIndex index) {
    for (Change change : changes) {
      if (change.slot() == null) {
        index.remove(change.key());
      } else {
        index.put(change.key(), change.slot());
      }
    }
  }

  private static Step step(Mutation mutation) {
    return mutation.effect() instanceof Effect.SetEntry set
        ? new LogLine.Put(mutation.key(), set.value(), set.expiresAtMillis())
        : new LogLine.Delete(mutation.key());
  }

  private static @Nullable Slot slot(Mutation mutation, long offset, int length, long seq) {
    return mutation.effect() instanceof Effect.SetEntry set
        ? new Slot(offset, length, seq, set.expiresAtMillis())
        : null;
  }
}
