package dev.kvstore.bench.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was measured at one time on one machine. Only its figures may be compared with each other.
 *
 * @param machine where and when
 * @param groups what
 */
public record Run(Machine machine, List<Group> groups) {

  /** Copies {@code groups}. */
  public Run {
    groups = List.copyOf(groups);
  }

  /** Earlier runs and this one, if it has measured anything; what it has measured again is left out of the earlier ones. */
  public List<Run> after(List<Run> earlier) {
    Set<String> again = new HashSet<>();
    groups.forEach(group -> again.add(group.title()));
    List<Run> all = new ArrayList<>();
    for (Run run : earlier) {
      List<Group> kept =
          run.groups().stream().filter(group -> !again.contains(group.title())).toList();
      if (!kept.isEmpty()) {
        all.add(new Run(run.machine(), kept));
      }
    }
    if (!groups.isEmpty()) {
      all.add(this);
    }
    return all;
  }

  /** The groups of some runs, by the order of their works in {@code works}; unknown works come first. */
  static List<Group> groups(List<Run> runs, List<String> works) {
    return runs.stream()
        .flatMap(run -> run.groups().stream())
        .sorted(
            (one, other) -> Integer.compare(works.indexOf(one.work()), works.indexOf(other.work())))
        .toList();
  }

  /** The names of its works, each once. */
  Stream<String> works() {
    return groups.stream().map(Group::work).distinct();
  }
}
