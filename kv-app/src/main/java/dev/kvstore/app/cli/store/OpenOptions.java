package dev.kvstore.app.cli.store;

import dev.kvstore.app.cli.args.Arguments;
import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.ValueTypes;
import dev.kvstore.files.Durability;
import java.time.Duration;
import java.util.OptionalLong;

/** The options that say how a store is opened, read from the command line. */
final class OpenOptions {

  /** As good as for ever: 292 years. */
  private static final Duration WITHOUT_END = Duration.ofNanos(Long.MAX_VALUE);

  private OpenOptions() {}

  /**
   * All but the place.
   *
   * @throws UsageException if one has a wrong value
   */
  static OpenRequest request(Arguments arguments, String command) {
    OptionalLong maxBytes = arguments.has(Option.MAX_SIZE)
        ? OptionalLong.of(arguments.number(Option.MAX_SIZE, 1, 0))
        : OptionalLong.empty();
    return new OpenRequest(
        "",
        false,
        maxBytes,
        command,
        arguments.choice(Option.DURABILITY, Durability.class).orElse(Durability.SYNC),
        arguments.has(Option.READ_ONLY),
        lockWait(arguments));
  }

  static ValueTypes valueTypes(Arguments arguments) {
    String given = arguments.value(Option.VALUE_TYPES);
    if (given == null) {
      return ValueTypes.OBJECTS;
    }
    if (!given.equals("any")) {
      throw new UsageException("the option --values takes only \"any\", not "
          + Printable.quote(given) + "; the --values of list stands after list");
    }
    return ValueTypes.ANY;
  }

  private static Duration lockWait(Arguments arguments) {
    String given = arguments.value(Option.WAIT);
    if (given == null) {
      return Duration.ZERO;
    }
    return given.isEmpty() ? WITHOUT_END : Duration.ofSeconds(arguments.number(Option.WAIT, 0, 0));
  }
}
