package dev.kvstore.core.json;

import static dev.kvstore.core.json.Compacting.assertRefusedAt;
import static dev.kvstore.core.json.Compacting.compact;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** White space is space, tab, line feed and carriage return, and nothing else; inside strings it is text. */
class JsonWhiteSpaceTest {

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t", "\n", "\r", "\r\n", " \t\n\r \t\n\r"})
  void goesBetweenAllTokens(String space) {
    String pretty =
        "@{@\"a\"@:@[@1@,@-2.5e1@,@\"x\"@]@,@\"b\"@:@{@}@,@\"c\"@:@[@]@,@\"d\"@:@true@}@";
    assertEquals(pretty.replace("@", ""), compact(pretty.replace("@", space)));
    assertEquals("7", compact(space + "7" + space));
    assertEquals("null", compact(space + "null" + space));
  }

  @Test
  void staysInStrings() {
    assertEquals("{\"a b\":\" c  d \"}", compact(" { \"a b\" : \" c  d \" } "));
    assertEquals("[\"\\\" , \",\"\\\\\",1]", compact("[ \"\\\" , \" , \"\\\\\" , 1 ]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u000b", "\f", "\u0000", "\u0008", "\u001c", "\u001f", "\u007f", "\u0085", "\u00a0",
        "\u1680", "\u2003", "\u2028", "\u2029", "\u200b", "\u3000", "\ufeff"
      })
  void nothingElseIsWhiteSpace(String other) {
    assertRefusedAt(1, 1, other + "{}");
    assertRefusedAt(1, 2, "{" + other + "}");
    assertRefusedAt(1, 3, "[1" + other + "]");
    assertRefusedAt(1, 3, "{}" + other);
  }

  @Test
  void doesNotSplitATokenApart() {
    assertRefusedAt(1, 3, "tr ue");
    assertRefusedAt(1, 3, "1 .5");
    assertRefusedAt(1, 2, "- 1");
    assertRefusedAt(1, 3, "1e 5");
    assertRefusedAt(1, 3, "1 0");
  }

  @Test
  void aloneIsNoValue() {
    assertRefusedAt(1, 1, "");
    assertRefusedAt(1, 4, "   ");
    assertRefusedAt(3, 2, "\n\r\n ");
  }

  @Test
  void aTextThatIsCompactIsCopiedUnlessItIsGivenAway() {
    byte[] text = "{\"a b\":[1]}".getBytes(StandardCharsets.UTF_8);
    byte[] copy = JsonCompactor.compact(text, 2, 100);
    assertNotSame(text, copy);
    assertArrayEquals(text, copy);
    assertSame(text, JsonCompactor.compactOwned(text, 2, 100));
    for (String spaced : new String[] {" [1]", "[ 1]", "[1] "}) {
      byte[] given = spaced.getBytes(StandardCharsets.UTF_8);
      byte[] compact = JsonCompactor.compactOwned(given, 1, 3);
      assertEquals("[1]", new String(compact, StandardCharsets.UTF_8));
      assertEquals(spaced, new String(given, StandardCharsets.UTF_8));
    }
  }
}
