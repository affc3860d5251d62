package dev.kvstore.app.cli.args;

import dev.kvstore.core.error.Printable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command line, taken apart.
 *
 * @param command the command as the user named it; null if there is none
 * @param operands what follows the command and is no option
 * @param options the options given, each with its value, or with an empty text if it takes none; the last one counts
 */
public record Arguments(
    @Nullable String command, List<String> operands, Map<Option, String> options) {

  /** Copies its parts. */
  public Arguments {
    operands = List.copyOf(operands);
    options = Map.copyOf(options);
  }

  /** The same with {@code option}, in place of the one given. */
  public Arguments with(Option option, String value) {
    Map<Option, String> more = new EnumMap<>(Option.class);
    more.putAll(options);
    more.put(option, value);
    return new Arguments(command, operands, more);
  }

  /** Whether {@code option} was given. */
  public boolean has(Option option) {
    return options.containsKey(option);
  }

  /** The value of {@code option}; null if it was not given. */
  public @Nullable String value(Option option) {
    return options.get(option);
  }

  /** The operand at {@code index}, from 0; null if there are fewer. */
  public @Nullable String operand(int index) {
    return index < operands.size() ? operands.get(index) : null;
  }

  /**
   * The value of {@code option} as one of the constants of {@code type}, which are written in small letters.
   *
   * @return empty if the option was not given
   * @throws UsageException if it is none of them
   */
  public <E extends Enum<E>> Optional<E> choice(Option option, Class<E> type) {
    String text = options.get(option);
    if (text == null) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return Optional.of(constant);
      }
      names.add(name);
    }
    throw new UsageException(
        option + " takes " + String.join("|", names) + ", not " + Printable.quote(text));
  }

  /**
   * The value of {@code option} as a whole number.
   *
   * @param otherwise what it is if the option was not given
   * @throws UsageException if it is no whole number, or less than {@code least}
   */
  public long number(Option option, long least, long otherwise) {
    String text = options.get(option);
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with what is too small.
    }
    throw new UsageException(
        option + " takes a whole number from " + least + ", not " + Printable.quote(text));
  }
}
