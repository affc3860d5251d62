package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.io.Console;
import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.core.port.DamagedPlace;
import java.util.List;

/** Shows damaged places: a line each, or as a JSON array. */
final class PlaceList {

  private PlaceList() {}

  /**
   * Prints the places, and a note if there are more than those.
   *
   * @param total how many there are
   */
  static void print(List<DamagedPlace> places, long total, Console console) {
    for (DamagedPlace place : places) {
      console.out().line(line(place));
    }
    // On a terminal the summary, which goes to the other stream, comes last.
    console.out().flush();
    if (total > places.size()) {
      console.err().note((total - places.size()) + " more places are not listed");
    }
  }

  /** {@code FILE:LINE: offset N, key "k": what is wrong}, as far as it is known. */
  private static String line(DamagedPlace place) {
    StringBuilder line = new StringBuilder(place.file());
    place.line().ifPresent(number -> line.append(':').append(number));
    String separator = ": ";
    if (place.offset().isPresent()) {
      line.append(separator).append("offset ").append(place.offset().getAsLong());
      separator = ", ";
    }
    if (place.key().isPresent()) {
      line.append(separator).append("key ").append(JsonText.quote(place.key().get()));
    }
    return line.append(": ").append(place.fault()).toString();
  }

  /** The places as members {@code file}, {@code offset}, {@code line}, {@code key}, {@code fault}; what is not known is left out. */
  static String json(List<DamagedPlace> places) {
    StringBuilder array = new StringBuilder("[");
    for (DamagedPlace place : places) {
      array.append(array.length() == 1 ? "{" : ",{");
      array.append("\"file\":").append(JsonText.quote(place.file()));
      place.offset().ifPresent(offset -> array.append(",\"offset\":").append(offset));
      place.line().ifPresent(line -> array.append(",\"line\":").append(line));
      place.key().ifPresent(key -> array.append(",\"key\":").append(JsonText.quote(key)));
      array.append(",\"fault\":").append(JsonText.quote(place.fault())).append('}');
    }
    return array.append(']').toString();
  }
}
