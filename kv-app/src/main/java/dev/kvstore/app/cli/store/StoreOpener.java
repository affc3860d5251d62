package dev.kvstore.app.cli.store;

import dev.kvstore.app.cli.args.Arguments;
import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.io.Surroundings;
import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.model.ValueTypes;
import dev.kvstore.core.port.StoragePort;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import javax.inject.Provider;

/** Finds and opens the store that the command line or the environment names. For one run of the program. */
public final class StoreOpener {

  private static final String VARIABLE = "KV_STORE";

  private final Surroundings surroundings;
  private final Termination termination;
  private final ValueTypes valueTypes;
  private final OptionalLong maxBytes;
  private final String command;
  private final StoreName name;
  private final Engine engine;

  /**
   * Reads the general options; touches no file.
   *
   * @param engines the engines there are, by name; only the one asked for is made
   * @param command the command that is run
   * @throws UsageException if an option has a wrong value
   */
  public StoreOpener(
      Map<String, Provider<Engine>> engines,
      Surroundings surroundings,
      Termination termination,
      Arguments arguments,
      String command) {
    this.surroundings = surroundings;
    this.termination = termination;
    this.valueTypes = valueTypes(arguments);
    this.maxBytes = arguments.has(Option.MAX_SIZE)
        ? OptionalLong.of(arguments.number(Option.MAX_SIZE, 1, 0))
        : OptionalLong.empty();
    this.command = "kv " + command;
    this.name = storeName(engines, arguments, surroundings);
    this.engine =
        Objects.requireNonNull(engines.get(name.engine()), name.engine()).get();
  }

  /** Which values a write may bring. */
  public ValueTypes valueTypes() {
    return valueTypes;
  }

  /** The name of the engine. */
  public String engine() {
    return name.engine();
  }

  /** The data file, absolute; it need not be there. */
  public String dataFile() {
    return engine.dataFile(location());
  }

  /** Opens the store, which must be there, else STORE_MISSING. The caller closes it. */
  public KeyValueStore openExisting() {
    return watched(open(false));
  }

  /** Opens the store; one that is not there is made by the first write. The caller closes it. */
  public KeyValueStore openForWriting() {
    StoragePort port;
    try {
      port = open(false);
    } catch (StoreUnavailableException e) {
      if (e.code() != ErrorCode.STORE_MISSING) {
        throw e;
      }
      port = new UnmadeStore(() -> open(true));
    }
    return watched(port);
  }

  private KeyValueStore watched(StoragePort port) {
    KeyValueStore store = new KeyValueStore(port, surroundings.clock(), valueTypes);
    termination.watch(store);
    return store;
  }

  private StoragePort open(boolean createIfMissing) {
    OpenRequest request = new OpenRequest(location(), createIfMissing, maxBytes, command);
    try {
      return engine.open(request);
    } catch (IllegalArgumentException e) {
      if (maxBytes.isPresent()) {
        throw new UsageException(Option.MAX_SIZE + ": " + e.getMessage());
      }
      throw e;
    }
  }

  private String location() {
    return name.isDefault()
        ? DefaultFolder.of(surroundings.environment(), surroundings.system())
            + "/"
            + engine.defaultName()
        : name.location();
  }

  private static StoreName storeName(
      Map<String, Provider<Engine>> engines, Arguments arguments, Surroundings surroundings) {
    String given = arguments.value(Option.STORE);
    if (given == null) {
      given = surroundings.environment().getOrDefault(VARIABLE, "");
      if (given.isEmpty()) {
        return StoreName.ofDefault();
      }
    }
    return StoreName.parse(given, engines.keySet());
  }

  private static ValueTypes valueTypes(Arguments arguments) {
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
}
