package dev.kvstore.core.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VerifyReportTest {

  @Test
  void isSoundIfNothingIsDamagedWhateverACrashHasLeft() {
    assertTrue(report(17, new DamagedPlaces()).isSound());
    assertFalse(report(0, damaged(1)).isSound());
  }

  @Test
  void listsTheFirstPlacesAndCountsAll() {
    VerifyReport report = report(0, damaged(DamagedPlaces.MOST + 5));
    assertEquals(DamagedPlaces.MOST + 5, report.damaged());
    assertEquals(DamagedPlaces.MOST, report.places().size());
    assertEquals(place(0), report.places().get(0));
    assertEquals(place(DamagedPlaces.MOST - 1), report.places().get(DamagedPlaces.MOST - 1));
    assertThrows(UnsupportedOperationException.class, () -> report.places().clear());
  }

  private static VerifyReport report(long tornBytes, DamagedPlaces damaged) {
    return new VerifyReport("e", "/s", 3, 100, tornBytes, damaged.count(), damaged.places());
  }

  private static DamagedPlaces damaged(int count) {
    DamagedPlaces places = new DamagedPlaces();
    for (int i = 0; i < count; i++) {
      places.add(place(i));
    }
    return places;
  }

  private static DamagedPlace place(int number) {
    return new DamagedPlace(
        "/s", OptionalLong.of(number), OptionalLong.empty(), Optional.empty(), "not readable");
  }
}
