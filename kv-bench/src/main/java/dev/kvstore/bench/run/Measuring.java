package dev.kvstore.bench.run;

import dev.kvstore.bench.report.Group;
import dev.kvstore.bench.report.Timeline;
import java.io.IOException;
import java.util.List;

/** Something that is measured in rounds. */
interface Measuring {

  /** Does what must be done once, before the first round. */
  void prepare() throws IOException, InterruptedException;

  /** Measures every engine once. */
  void round(int number) throws IOException, InterruptedException;

  /** What came of the rounds so far. */
  List<Group> groups();

  /** How slow operations were over time, where that was measured. */
  List<Timeline> timelines();
}
