package dev.kvstore.jsonfile.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactionPolicyTest {

  private static final long MARK = 160;

  @ParameterizedTest
  @ValueSource(longs = {65_536, 65_537, 1_000_000, 1_048_576, 1_000_000_000})
  void spaceForRemovalsStaysUnderEveryCap(long cap) {
    CompactionPolicy policy = new CompactionPolicy(cap, MARK);
    assertTrue(policy.limitForEntries() + 2L * policy.spareBytes() <= cap);
    assertTrue(policy.limitForEntries() < policy.limitForRemovals());
    assertEquals(cap - MARK, policy.limitForRemovals());
    assertTrue(policy.spareBytes() >= 2_048, "too little for removals on a full disk");
  }

  @Test
  void roomIsMadeOnlyIfASixteenthIsWon() {
    CompactionPolicy policy = new CompactionPolicy(1_600_000, MARK);
    assertFalse(policy.isWorthMakingRoom(99_999, false));
    assertTrue(policy.isWorthMakingRoom(100_000, false));
    assertTrue(policy.isWorthMakingRoom(1, true));
    assertFalse(policy.isWorthMakingRoom(0, true));
  }

  @Test
  void afterAFailureTheFileMustGrowByAnEighthOrTenMinutesPass() {
    CompactionPolicy policy = new CompactionPolicy(1_000_000_000, MARK);
    assertTrue(policy.mayTry(0, 5_000));
    policy.triedAt(80 << 20, 5_000);
    assertFalse(policy.mayTry((90 << 20) - 1, 5_000));
    assertTrue(policy.mayTry(90 << 20, 5_000));
    assertFalse(policy.mayTry(80 << 20, 604_999));
    assertTrue(policy.mayTry(80 << 20, 605_000));
    policy.succeeded();
    assertTrue(policy.mayTry(0, 5_000));
  }

  @Test
  void compactionIsDueWhenMoreThanHalfIsGarbageAndItIsWorthIt() {
    CompactionPolicy policy = new CompactionPolicy(1_000_000_000, MARK);
    assertFalse(policy.isDue(4 << 20, 2 << 20));
    assertTrue(policy.isDue(4 << 20, (2 << 20) + 1));
    assertFalse(policy.isDue(1 << 20, (1 << 20) - 1));
  }
}
