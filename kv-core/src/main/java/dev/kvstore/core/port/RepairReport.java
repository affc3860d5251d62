package dev.kvstore.core.port;

import java.util.List;

/**
 * What a repair has kept and lost.
 *
 * @param location the data file of the new store, absolute
 * @param kept entries in the new store, expired ones too
 * @param uncertain those of them that a lost place may have replaced or removed: their value may be an earlier one, or they may
 *     have been deleted
 * @param tornBytes left out as what a crash has left of a last write that nobody was told is done
 * @param lost how many places were lost: damaged, missing, or of a commit of which a part is
 * @param places the first {@link DamagedPlaces#MOST} of them, in the order of the store
 */
public record RepairReport(
    String location,
    long kept,
    long uncertain,
    long tornBytes,
    long lost,
    List<DamagedPlace> places) {

  /** Copies {@code places}. */
  public RepairReport {
    places = List.copyOf(places);
  }
}
