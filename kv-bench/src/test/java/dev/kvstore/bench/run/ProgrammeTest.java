package dev.kvstore.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.bench.engine.Durability;
import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Engines;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProgrammeTest {

  @Test
  void aBlockNeedsOneDatasetAtMost() {
    for (List<Case> block : Programme.full().blocks()) {
      long datasets = block.stream()
          .filter(next -> next.stage() != Stage.EMPTY)
          .map(Case::dataset)
          .distinct()
          .count();
      assertTrue(datasets <= 1, block.toString());
    }
  }

  @Test
  void aBlockThatStartsEmptyHasOneWork() {
    for (List<Case> block : Programme.full().blocks()) {
      if (block.get(0).stage() == Stage.EMPTY) {
        assertEquals(1, block.stream().map(Case::name).distinct().count(), block.toString());
      }
    }
  }

  @Test
  void theBlocksHoldAllCasesInOrder() {
    Programme full = Programme.full();
    assertEquals(full.cases(), full.blocks().stream().flatMap(List::stream).toList());
  }

  @Test
  void theShortProgrammeIsOneBlock() {
    assertEquals(1, Programme.quick().blocks().size());
  }

  @Test
  void noStoreOutgrowsTheCap() {
    for (Case next : Programme.full().cases()) {
      long atMost = next.entries() * (next.valueBytes() + 120);
      assertTrue(atMost < 1_000_000_000, next.toString());
    }
  }

  @Test
  void aTrialHasFewerEntriesAndLessTime() {
    Programme trial = Programme.of(Options.parse("--scale", "1000", "--only", "random-read"));
    assertTrue(trial.cases().stream().allMatch(next -> next.entries() <= 1_000));
    assertTrue(trial.seconds() < Programme.full().seconds());
  }

  @Test
  void onlySomeNumbersOfEntries() {
    Programme part = Programme.of(
        Options.parse("--only", "random-read", "--entries", "10000", "--entries", "1000000"));
    assertEquals(
        Set.of(10_000L, 1_000_000L),
        part.cases().stream().map(Case::entries).collect(Collectors.toSet()));
  }

  @Test
  void unknownWorksAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Programme.of(Options.parse("--only", "nonsense")));
    assertThrows(
        IllegalArgumentException.class,
        () -> Programme.of(Options.parse("--quick", "--only", "prefix-list")));
    assertThrows(
        IllegalArgumentException.class, () -> Programme.of(Options.parse("--entries", "77")));
  }

  @Test
  void theStartUpIsAWorkWithoutCases() {
    assertTrue(Programme.names().contains(Programme.START_UP));
    assertEquals(List.of(), Programme.of(Options.parse("--only", "start-up")).cases());
  }

  @Test
  void everyEngineTakesPartOrSaysWhyNot() {
    for (Case next : Programme.full().cases()) {
      for (EngineType type : Engines.all()) {
        next.cannot(type).ifPresent(why -> assertFalse(why.isBlank(), type.name()));
      }
    }
  }

  @Test
  void durableCasesAreOpenedForced() {
    for (Case next : Programme.full().cases()) {
      for (EngineType type : Engines.all()) {
        if (next.durable() && next.cannot(type).isEmpty()) {
          assertEquals(Durability.FORCED, next.durability(type), next + " " + type.name());
        }
      }
    }
  }
}
