package dev.kvstore.app.cli.args;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentParserTest {

  private static Set<Option> optionsOf(String command) {
    return switch (command) {
      case "create" -> Set.of(Option.TTL);
      case "list" -> Set.of(Option.WITH_VALUES, Option.LIMIT);
      default -> throw new UsageException("no command " + command);
    };
  }

  private static Arguments parse(String line) {
    return ArgumentParser.parse(
        line.isEmpty() ? List.of() : List.of(line.split(" ")), ArgumentParserTest::optionsOf);
  }

  @Test
  void nothing() {
    assertEquals(new Arguments(null, List.of(), Map.of()), parse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create k {} --ttl 5 -s x",
        "-s x --ttl 5 create k {}",
        "create -sx k --ttl=5 {}",
        "--store=x create k --ttl 5 -- {}",
        "--store y create k {} --ttl 4 --ttl 5 --store x",
      })
  void optionsStandAnywhereAndTheLastOneCounts(String line) {
    assertEquals(
        new Arguments("create", List.of("k", "{}"), Map.of(Option.TTL, "5", Option.STORE, "x")),
        parse(line));
  }

  @Test
  void twoDashesEndTheOptions() {
    Arguments arguments = parse("create -- --ttl -q");
    assertEquals(List.of("--ttl", "-q"), arguments.operands());
    assertTrue(arguments.options().isEmpty());
  }

  @Test
  void twoDashesBeforeTheCommandToo() {
    assertEquals("create", parse("-- create -k").command());
  }

  @Test
  void aDashAloneIsAnOperand() {
    assertEquals(List.of("k", "-"), parse("create k -").operands());
  }

  @Test
  void theValueOfAnOptionMayBeginWithADash() {
    assertEquals("-1", parse("create k --ttl -1").value(Option.TTL));
    assertEquals("--", parse("create k --ttl --").value(Option.TTL));
    assertEquals("", parse("create k --ttl=").value(Option.TTL));
  }

  @Test
  void shortOptionsMayBeJoined() {
    Arguments arguments = parse("create k -qsfile");
    assertTrue(arguments.has(Option.QUIET));
    assertEquals("file", arguments.value(Option.STORE));
  }

  @Test
  void valuesMeansWhatTheCommandMakesOfItAfterTheCommand() {
    Arguments after = parse("list --values any");
    assertTrue(after.has(Option.WITH_VALUES));
    assertFalse(after.has(Option.VALUE_TYPES));
    assertEquals(List.of("any"), after.operands());
    assertEquals("any", parse("--values any list").value(Option.VALUE_TYPES));
    assertEquals("any", parse("create --values any k").value(Option.VALUE_TYPES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create --limit 5 | create takes no --limit",
        "--limit 5 create k | create takes no --limit",
        "create --nope | unknown option \"--nope\"",
        "create -x | unknown option \"-x\"",
        "create --TTL 5 | unknown option",
        "create --tt 5 | unknown option",
        "create k --ttl | a value is missing: --ttl SECONDS",
        "create k -s | a value is missing: -s, --store [ENGINE:]LOCATION",
        "create k --json=5 | --json takes no value",
        "create --wait 5 | Then write --wait=5; before an operand 5 write --",
        "--wait 5 create | Then write --wait=5",
        "nope | no command nope",
      })
  void mistakesAreNamed(String line, String message) {
    UsageException e = assertThrows(UsageException.class, () -> parse(line));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"create \uFFFD", "create k --ttl \uFFFD", "-s \uFFFD list", "\uFFFD"})
  void whatCouldNotBeDecodedIsRefused(String line) {
    UsageException e = assertThrows(UsageException.class, () -> parse(line));
    assertTrue(e.getMessage().contains("not valid UTF-8"), e.getMessage());
  }

  @Test
  void numbers() {
    assertEquals(7, parse("list --limit 7").number(Option.LIMIT, 1, 9));
    assertEquals(9, parse("list").number(Option.LIMIT, 1, 9));
    for (String wrong : List.of("0", "-1", "1.5", "x", "99999999999999999999")) {
      UsageException e = assertThrows(
          UsageException.class, () -> parse("list --limit " + wrong).number(Option.LIMIT, 1, 9));
      assertTrue(e.getMessage().contains(wrong), e.getMessage());
    }
  }

  @Test
  void operandsThatAreNotThere() {
    assertNull(parse("list").operand(0));
    assertNull(parse("create a b").operand(2));
  }

  @Test
  void aNumberBehindAnOptionalValueIsAnOperandOnlyAfterTwoDashes() {
    assertEquals(List.of("5"), parse("create --wait -- 5").operands());
    assertEquals(List.of("5"), parse("create 5 --wait").operands());
    assertEquals(List.of("x5"), parse("create --wait x5").operands());
    assertEquals("5", parse("create --wait=5 k").value(Option.WAIT));
  }
}
