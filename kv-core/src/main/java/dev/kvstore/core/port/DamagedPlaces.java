package dev.kvstore.core.port;

import java.util.ArrayList;
import java.util.List;

/** Collects damaged places: the first {@value #MOST} of them, and how many there are. For one thread. */
public final class DamagedPlaces {

  /** The most places that a report lists; the others are counted. */
  public static final int MOST = 100;

  private final List<DamagedPlace> places = new ArrayList<>();
  private long count;

  /** None so far. */
  public DamagedPlaces() {}

  /** One more. */
  public void add(DamagedPlace place) {
    count++;
    if (places.size() < MOST) {
      places.add(place);
    }
  }

  /** How many were added. */
  public long count() {
    return count;
  }

  /** The first of them, in the order in which they were added; unmodifiable, a copy. */
  public List<DamagedPlace> places() {
    return List.copyOf(places);
  }
}
