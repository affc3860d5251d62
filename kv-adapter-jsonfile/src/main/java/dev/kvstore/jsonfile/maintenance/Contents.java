package dev.kvstore.jsonfile.maintenance;

import dev.kvstore.core.port.DamagedPlace;
import dev.kvstore.core.port.DamagedPlaces;
import dev.kvstore.jsonfile.index.Hash;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.LineReads;
import dev.kvstore.jsonfile.index.Slot;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Delete;
import dev.kvstore.jsonfile.log.LogLine.Put;
import dev.kvstore.jsonfile.recovery.LogSurvey;
import dev.kvstore.jsonfile.recovery.SurveyedLine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** What a data file holds and what of it is lost: an index of the entries, off the heap, and the damaged places. */
final class Contents implements LogSurvey.Visitor, Closeable {

  private final KeyIndex index;
  private final LongConsumer progress;
  private final DamagedPlaces places = new DamagedPlaces();
  private long lastLost = -1;
  private long tornBytes;

  private Contents(KeyIndex index, LongConsumer progress) {
    this.index = index;
    this.progress = progress;
  }

  /** Reads all of {@code source}, and tells {@code progress} up to which offset. */
  static Contents of(SourceFile source, LongConsumer progress) throws IOException {
    LineReads lines = new LineReads(source.file(), Path.of(source.name()), source.header());
    Contents contents = new Contents(KeyIndex.empty(lines, Hash.random()), progress);
    try {
      source.headerDamage().ifPresent(contents::lost);
      long written = source.writtenUpTo();
      contents.tornBytes = source.survey(contents);
      source.lostEnd(written, contents.tornBytes).ifPresent(contents::lost);
      return contents;
    } catch (IOException | RuntimeException e) {
      contents.close();
      throw e;
    }
  }

  @Override
  public void whole(List<SurveyedLine> commit) {
    for (SurveyedLine found : commit) {
      LogLine line = found.line();
      if (line.step() instanceof Put put) {
        long seq = line.place().seq();
        index.put(put.key(), new Slot(found.offset(), found.length(), seq, put.expiresAtMillis()));
      } else if (line.step() instanceof Delete delete) {
        index.remove(delete.key());
      }
    }
  }

  @Override
  public void lost(DamagedPlace place) {
    places.add(place);
    lastLost = Math.max(lastLost, place.offset().orElse(0));
  }

  @Override
  public void reached(long offset) {
    progress.accept(offset);
  }

  DamagedPlaces places() {
    return places;
  }

  long tornBytes() {
    return tornBytes;
  }

  /** How many keys have an entry, expired or not. */
  long entries() {
    return index.size();
  }

  /** Whether a line is the newest of its key. */
  boolean isEntry(SurveyedLine found) {
    return found.line().step() instanceof Put put && index.isAt(put.key(), found.offset());
  }

  /** Whether a place that is lost, behind this one, may have said something else of the key. */
  boolean isUncertain(SurveyedLine found) {
    return found.offset() < lastLost;
  }

  @Override
  public void close() {
    index.close();
  }
}
