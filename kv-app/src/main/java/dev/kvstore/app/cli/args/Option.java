package dev.kvstore.app.cli.args;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every option of the program, in the order in which help shows them. */
public enum Option {
  STORE(
      "--store",
      "-s",
      "[ENGINE:]LOCATION",
      "the store to use; engines: jsonfile (the default), h2, etcd"),
  JSON("--json", "output and errors for programs, as JSON"),
  VALUE_TYPES("--values", "any", "let values be of any JSON type, not objects alone"),
  MAX_SIZE("--max-size", "BYTES", "a lower cap on the size of the store, for this command"),
  DURABILITY(
      "--durability",
      "sync|batch|none",
      "what a finished write has survived: a power cut (sync), or not yet"),
  WAIT("--wait", null, "[=SECONDS]", "wait for a store that is in use, at most so long if given"),
  READ_ONLY("--read-only", "change nothing; a jsonfile store may be in use meanwhile"),
  COLOR("--color", "auto|always|never", "colours; auto: on a terminal, unless NO_COLOR is set"),
  QUIET("--quiet", "-q", null, "no notes and no confirmations"),
  YES("--yes", "-y", null, "ask nothing at a terminal; every answer is yes"),
  HELP("--help", "-h", null, "show help and exit"),
  VERSION("--version", "show the version and exit"),
  TTL("--ttl", "SECONDS", "the entry is gone after so many whole seconds, from 1"),
  PRETTY("--pretty", "one member a line, indented; the default on a terminal"),
  COMPACT("--compact", "all on one line; the default in a pipe"),
  WITH_VALUES("--values", "each entry as a JSON object with key, value and expiresAt"),
  LONG("--long", "a table of size, expiry and key"),
  LIMIT("--limit", "N", "at most so many, from 1"),
  AFTER("--after", "KEY", "only keys that come after this one"),
  COUNT("--count", "only how many there are"),
  ON_EXISTS(
      "--on-exists", "fail|skip|replace", "what to do with a key that exists; fail by default"),
  KEY_PREFIX("--prefix", "P", "only keys that begin so"),
  FORMAT("--format", "jsonl|json", "an object a line (the default), or one array"),
  VERIFY("--verify", "read both stores again and compare them"),
  DRY_RUN("--dry-run", "check everything, change nothing"),
  TO("--to", "FILE", "the new store; nothing may be there yet");

  /** The options that every command takes. */
  private static final Set<Option> GENERAL = EnumSet.range(STORE, VERSION);

  private final String longName;
  private final @Nullable String shortName;
  private final @Nullable String valueName;
  private final String description;
  private final boolean valueOptional;

  Option(String longName, String description) {
    this(longName, null, null, description);
  }

  Option(String longName, String valueName, String description) {
    this(longName, null, valueName, description);
  }

  Option(
      String longName, @Nullable String shortName, @Nullable String valueName, String description) {
    this.longName = longName;
    this.shortName = shortName;
    this.valueName = valueName;
    this.description = description;
    this.valueOptional = valueName != null && valueName.startsWith("[=");
  }

  /** Whether every command takes it. */
  public boolean isGeneral() {
    return GENERAL.contains(this);
  }

  /** Whether a value follows it. */
  public boolean takesValue() {
    return valueName != null;
  }

  /** Whether its value may be left out; if not, it stands after an equals sign. */
  boolean isValueOptional() {
    return valueOptional;
  }

  /** What it does, for help. */
  public String description() {
    return description;
  }

  /** How it is written, for help: {@code -s, --store [ENGINE:]LOCATION}. */
  public String synopsis() {
    return (shortName == null ? "" : shortName + ", ")
        + longName
        + (valueName == null || valueOptional ? "" : " ")
        + (valueName == null ? "" : valueName);
  }

  /** Whether the word after an option, as it was written, is its value, where every option is known by its name alone. */
  public static boolean wantsNextWord(String written) {
    // Of the two that are called --values, the one of list takes none, and stands after list.
    return Arrays.stream(values())
        .anyMatch(option -> option.isNamed(written)
            && option.takesValue()
            && !option.isValueOptional()
            && option != VALUE_TYPES);
  }

  /** Whether {@code written}, dashes included, is one of its names. */
  boolean isNamed(String written) {
    return written.equals(longName) || written.equals(shortName);
  }

  /** The long form: {@code --store}. */
  @Override
  public String toString() {
    return longName;
  }
}
