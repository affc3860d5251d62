package dev.kvstore.app.cli.args;

import dev.kvstore.core.error.Printable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes a command line apart by the usual conventions: {@code --name value}, {@code --name=value} (only so where the value is optional), {@code -n value}, {@code
 * -nvalue}, {@code -ab} for two options without value, options anywhere, {@code --} before operands that look like options,
 * {@code -} alone an operand. The first operand is the command. An instance serves one command line.
 */
public final class ArgumentParser {

  /** What stands for a character that could not be decoded. */
  private static final char UNDECODABLE = '\uFFFD';

  private final List<String> rest;
  private final Function<String, Set<Option>> optionsOf;
  private final List<String> operands = new ArrayList<>();
  private final Map<Option, String> options = new EnumMap<>(Option.class);
  private @Nullable String command;
  private Set<Option> own = Set.of();
  private int next;

  private ArgumentParser(List<String> arguments, Function<String, Set<Option>> optionsOf) {
    this.rest = arguments;
    this.optionsOf = optionsOf;
  }

  /**
   * Takes {@code arguments} apart.
   *
   * @param optionsOf gives the options of its own that a command takes, and throws UsageException for an unknown command
   * @throws UsageException if they break the conventions, hold what could not be decoded, or an option that the command does
   *     not take
   */
  public static Arguments parse(List<String> arguments, Function<String, Set<Option>> optionsOf) {
    return new ArgumentParser(arguments, optionsOf).run();
  }

  private Arguments run() {
    boolean onlyOperands = false;
    while (next < rest.size()) {
      String argument = take();
      if (onlyOperands || !argument.startsWith("-") || argument.equals("-")) {
        operand(argument);
      } else if (argument.equals("--")) {
        onlyOperands = true;
      } else if (argument.startsWith("--")) {
        longOption(argument);
      } else {
        shortOptions(argument);
      }
    }
    for (Option option : options.keySet()) {
      if (command != null && !option.isGeneral() && !own.contains(option)) {
        throw new UsageException(command + " takes no " + option + "; see: kv help " + command);
      }
    }
    return new Arguments(command, operands, options);
  }

  private String take() {
    String argument = rest.get(next++);
    if (argument.indexOf(UNDECODABLE) >= 0) {
      throw new UsageException("argument " + next + ", " + Printable.quote(argument)
          + ", is not valid UTF-8 or holds U+FFFD, which stands for that; "
          + "pass such a value on standard input, such a key through apply");
    }
    return argument;
  }

  private void operand(String argument) {
    if (command == null) {
      own = optionsOf.apply(argument);
      command = argument;
    } else {
      operands.add(argument);
    }
  }

  private void longOption(String argument) {
    int equals = argument.indexOf('=');
    Option option = find(equals < 0 ? argument : argument.substring(0, equals));
    if (option.isValueOptional() && equals < 0) {
      requireNoNumberAfter(option);
      options.put(option, "");
    } else if (option.takesValue()) {
      options.put(option, equals < 0 ? valueOf(option) : argument.substring(equals + 1));
    } else if (equals < 0) {
      options.put(option, "");
    } else {
      throw new UsageException(option + " takes no value");
    }
  }

  /** It would be an operand, such as a key, while whoever wrote it may mean the value. */
  private void requireNoNumberAfter(Option option) {
    if (next < rest.size() && rest.get(next).matches("[0-9]+")) {
      String number = rest.get(next);
      throw new UsageException("is " + number + " the value of " + option + "? Then write " + option
          + "=" + number + "; before an operand " + number + " write --");
    }
  }

  private void shortOptions(String argument) {
    for (int i = 1; i < argument.length(); i++) {
      Option option = find("-" + argument.charAt(i));
      if (option.takesValue()) {
        boolean attached = i + 1 < argument.length();
        options.put(option, attached ? argument.substring(i + 1) : valueOf(option));
        return;
      }
      options.put(option, "");
    }
  }

  private String valueOf(Option option) {
    if (next == rest.size()) {
      throw new UsageException("a value is missing: " + option.synopsis());
    }
    return take();
  }

  /** After the command its own options come first: {@code --values} of list is not the general one. */
  private Option find(String name) {
    for (Option option : own) {
      if (option.isNamed(name)) {
        return option;
      }
    }
    for (Option option : Option.values()) {
      if (option.isNamed(name)) {
        return option;
      }
    }
    throw new UsageException("unknown option "
        + Printable.quote(name)
        + "; see: kv help. What begins with a dash but is no option goes after --");
  }
}
