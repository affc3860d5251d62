package dev.kvstore.bench.report;

import dev.kvstore.bench.engine.Role;
import dev.kvstore.bench.stats.Rounds;
import java.util.Optional;

/**
 * What one engine reached in one measurement.
 *
 * @param engine its name
 * @param role how the row is to be read
 * @param entries how many entries it had in it; fewer than its group's where more would take too long
 * @param rounds the figures; empty if it could not take part
 * @param forcesPerOperation how often data was forced for each operation, where that was counted
 * @param settings how it was set
 * @param note why there are no figures, or what is to be known about them; may be empty
 */
public record Row(
    String engine,
    Role role,
    long entries,
    Optional<Rounds> rounds,
    Optional<Double> forcesPerOperation,
    String settings,
    String note) {}
