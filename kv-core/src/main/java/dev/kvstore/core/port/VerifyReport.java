package dev.kvstore.core.port;

import java.util.List;

/**
 * What a verification has found.
 *
 * @param engine the engine's name
 * @param location the data file, absolute
 * @param entries entries that can be read, expired ones too
 * @param fileBytes the length of the data file
 * @param tornBytes what a crash has left of a last write that nobody was told is done; no damage, the next opening cuts it off
 * @param damaged how many places are damaged or lost with others
 * @param places the first {@link DamagedPlaces#MOST} of them, in the order of the store
 */
public record VerifyReport(
    String engine,
    String location,
    long entries,
    long fileBytes,
    long tornBytes,
    long damaged,
    List<DamagedPlace> places) {

  /** Copies {@code places}. */
  public VerifyReport {
    places = List.copyOf(places);
  }

  /** Whether nothing is damaged. */
  public boolean isSound() {
    return damaged == 0;
  }
}
