package dev.kvstore.core.port;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import java.util.List;
import org.junit.jupiter.api.Test;

class MutationTest {

  private static final Key KEY = Key.of("k");
  private static final JsonValue VALUE = JsonValue.parse("{}");

  @Test
  void eachOperationHasItsExpectationAndEffect() {
    Effect set = new Effect.SetEntry(VALUE, 5);
    assertEquals(new Mutation(KEY, Expectation.ABSENT, set), Mutation.create(KEY, VALUE, 5));
    assertEquals(new Mutation(KEY, Expectation.ANY, set), Mutation.put(KEY, VALUE, 5));
    assertEquals(new Mutation(KEY, Expectation.LIVE, Effect.REMOVE), Mutation.delete(KEY));
  }

  @Test
  void aKeyOccursOnceInACommit() {
    Mutation other = Mutation.delete(Key.of("K"));
    assertDoesNotThrow(() -> Mutation.requireDistinctKeys(List.of()));
    assertDoesNotThrow(() -> Mutation.requireDistinctKeys(List.of(Mutation.delete(KEY))));
    assertDoesNotThrow(() -> Mutation.requireDistinctKeys(List.of(Mutation.delete(KEY), other)));
    List<Mutation> twice =
        List.of(Mutation.delete(KEY), other, Mutation.create(Key.of("k"), VALUE, 5));
    assertThrows(IllegalArgumentException.class, () -> Mutation.requireDistinctKeys(twice));
  }

  @Test
  void fileEnginesAllowTenThousandOperationsAnd64Mebibytes() {
    assertEquals(new SessionLimits(10_000, 67_108_864), SessionLimits.FILE_ENGINE);
  }
}
