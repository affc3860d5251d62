package dev.kvstore.jsonfile.maintenance;

import dev.kvstore.core.port.DamagedPlace;
import dev.kvstore.jsonfile.log.LogLine.Put;
import dev.kvstore.jsonfile.recovery.LogSurvey;
import dev.kvstore.jsonfile.recovery.SurveyedLine;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;

/** The second walk over a store that is repaired: copies the newest line of each key. */
final class Salvage implements LogSurvey.Visitor {

  private final Contents contents;
  private final NewStoreFile target;
  private final LongConsumer progress;
  private long kept;
  private long uncertain;
  private long lastMillis;

  Salvage(Contents contents, NewStoreFile target, LongConsumer progress) {
    this.contents = contents;
    this.target = target;
    this.progress = progress;
  }

  @Override
  public void whole(List<SurveyedLine> commit) throws IOException {
    for (SurveyedLine found : commit) {
      lastMillis = Math.max(lastMillis, found.line().atMillis());
      if (found.line().step() instanceof Put put && contents.isEntry(found)) {
        target.add(put, found.line().atMillis());
        kept++;
        uncertain += contents.isUncertain(found) ? 1 : 0;
      }
    }
  }

  /** The first walk has reported it. */
  @Override
  public void lost(DamagedPlace place) {}

  @Override
  public void reached(long offset) {
    progress.accept(offset);
  }

  /** How many entries were copied. */
  long kept() {
    return kept;
  }

  /** How many of them may be outdated. */
  long uncertain() {
    return uncertain;
  }

  /** The time of the newest line. */
  long lastMillis() {
    return lastMillis;
  }
}
