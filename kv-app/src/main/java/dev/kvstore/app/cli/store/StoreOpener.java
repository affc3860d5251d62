package dev.kvstore.app.cli.store;

import dev.kvstore.app.cli.args.Arguments;
import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.io.Surroundings;
import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.error.UnsupportedByEngineException;
import dev.kvstore.core.model.ValueTypes;
import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.inject.Provider;
import org.jspecify.annotations.Nullable;

/** Finds and opens the store that the command line or the environment names. For one run of the program. */
public final class StoreOpener {

  private static final String VARIABLE = "KV_STORE";

  private final Map<String, Provider<Engine>> engines;
  private final Surroundings surroundings;
  private final Termination termination;
  private final ValueTypes valueTypes;
  private final OpenRequest wishes;
  private final StoreName name;
  private final Engine engine;
  private final @Nullable SharedStore shared;

  private StoreOpener(
      Map<String, Provider<Engine>> engines,
      Surroundings surroundings,
      Termination termination,
      ValueTypes valueTypes,
      OpenRequest wishes,
      StoreName name,
      @Nullable SharedStore shared) {
    this.shared = shared;
    this.engines = engines;
    this.surroundings = surroundings;
    this.termination = termination;
    this.valueTypes = valueTypes;
    this.wishes = wishes;
    this.name = name;
    this.engine =
        Objects.requireNonNull(engines.get(name.engine()), name.engine()).get();
  }

  /**
   * Reads the general options; touches no file.
   *
   * @param engines the engines there are, by name; only the one asked for is made
   * @param command the command that is run
   * @throws UsageException if an option has a wrong value
   */
  public static StoreOpener of(
      Map<String, Provider<Engine>> engines,
      Surroundings surroundings,
      Termination termination,
      Arguments arguments,
      String command) {
    return new StoreOpener(
        engines,
        surroundings,
        termination,
        OpenOptions.valueTypes(arguments),
        OpenOptions.request(arguments, "kv " + command),
        storeName(engines, arguments, surroundings),
        null);
  }

  /** The same options for another store, named as {@code [ENGINE:]LOCATION}; in a shell that may be its own. */
  public StoreOpener at(String other) {
    StoreOpener there = new StoreOpener(
        engines,
        surroundings,
        termination,
        valueTypes,
        wishes,
        StoreName.parse(other, engines.keySet()),
        null);
    return shared != null && there.meansSameStoreAs(this) ? there.sharing(shared) : there;
  }

  /** Whether both mean one store: by their names, and by where the system finds the folders in them. */
  public boolean meansSameStoreAs(StoreOpener other) {
    return engine().equals(other.engine()) && place().equals(other.place());
  }

  private String place() {
    if (!engine.keepsFiles()) {
      return dataFile();
    }
    Path file = Path.of(dataFile());
    Path folder = file.getParent();
    try {
      return folder == null ? dataFile() : folder.toRealPath() + "/" + file.getFileName();
    } catch (IOException e) {
      // It is not there, or cannot be looked at: the name is all there is.
      return dataFile();
    }
  }

  /** The same without the option to only look at the store; that of a shell stays what it is. */
  public StoreOpener writable() {
    return wishing(wishes.writable());
  }

  /** The same without the options that are for what is written; that of a shell keeps them, since all its commands share it. */
  public StoreOpener asSource() {
    return wishing(wishes.asSource());
  }

  /** How the store of a shell is opened was said for the whole shell, and no command says it anew. */
  private StoreOpener wishing(OpenRequest others) {
    return shared == null
        ? new StoreOpener(engines, surroundings, termination, valueTypes, others, name, null)
        : this;
  }

  /** Which values a write may bring. */
  public ValueTypes valueTypes() {
    return valueTypes;
  }

  /** How much a session on a store of its engine may hold. */
  public SessionLimits sessionLimits() {
    return engine.sessionLimits();
  }

  /** The name of the engine. */
  public String engine() {
    return name.engine();
  }

  /**
   * The folder for what the program keeps for this user; it need not be there.
   *
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_LOCATION if the environment names none
   */
  public String dataFolder() {
    return DefaultFolder.of(surroundings.environment(), surroundings.system());
  }

  /** The data file, absolute, or the address of a store without one; it need not be there. */
  public String dataFile() {
    return engine.dataFile(location());
  }

  /** The data file, absolute; empty if the engine keeps its data elsewhere than in files. */
  public Optional<String> localFile() {
    return engine.keepsFiles() ? Optional.of(dataFile()) : Optional.empty();
  }

  /** Opens the store, which must be there, else STORE_MISSING. The caller closes it. */
  public Opened openExisting() {
    return opened(() -> SharedStore.Found.there(watched(open(false))));
  }

  /** Like {@link #openExisting}, for a command that changes it; throws as {@link #openForWriting}. */
  public Opened openToChange() {
    refuseReadOnly();
    return openExisting();
  }

  /**
   * Opens the store; one that is not there is made by the first write. The caller closes it.
   *
   * @throws UsageException if it is to be opened only to look at it
   */
  public Opened openForWriting() {
    refuseReadOnly();
    return opened(this::openOrMakeLater);
  }

  /**
   * Maintenance of the store, which is not opened.
   *
   * @throws UnsupportedByEngineException UNSUPPORTED if the engine has none
   * @throws UsageException within a session of a shell
   */
  public MaintenancePort maintenance() {
    OpenRequest request = secondOpening();
    return checked(() -> engine.maintenance(request))
        .map(port -> new StoppableMaintenance(port, termination))
        .orElseThrow(() ->
            new UnsupportedByEngineException(name.engine(), "verify, repair or back up a store"));
  }

  /** The place that {@code text} names for a new store of this engine; UsageException if it names another engine. */
  public String target(String text) {
    return StoreName.target(text, name.engine(), engines.keySet());
  }

  /**
   * Writes a copy of the store as one of the default engine; beside a process that has it open, if the engine can.
   *
   * @param text where, as the user wrote it
   * @return how many entries the copy has
   * @throws UsageException within a session of a shell
   */
  public long backUp(String text, ProgressListener listener) {
    String copies = StoreName.DEFAULT_ENGINE;
    String target = StoreName.target(text, copies, engines.keySet());
    StoreCopier copier = Objects.requireNonNull(engines.get(copies), copies)
        .get()
        .copier()
        .orElseThrow(() -> new UnsupportedByEngineException(copies, "write a copy of a store"));
    StoragePort source = openToCopy();
    // So that a signal closes it as well.
    watched(source);
    try (source) {
      long now = surroundings.clock().millis();
      return termination.during(
          listener, stoppable -> copier.write(source, target, now, stoppable));
    }
  }

  private StoragePort openToCopy() {
    OpenRequest request = secondOpening();
    try {
      return checked(() -> engine.open(request.asReadOnly()));
    } catch (UnsupportedByEngineException e) {
      if (wishes.readOnly()) {
        throw e;
      }
      return checked(() -> engine.open(request));
    }
  }

  /** How to open the store for work that opens it by itself: beside the shell that has it open, or else in its place. */
  private OpenRequest secondOpening() {
    OpenRequest request = wishes.at(location(), false);
    if (shared == null) {
      return request;
    }
    shared.requireNoSession();
    if (shared.isOpen() && engine.readsBesideWriter()) {
      return request.asReadOnly();
    }
    // The next command of the shell opens it again.
    shared.release();
    return request;
  }

  /** The same, but every command gets the store that {@code common} holds. */
  public StoreOpener sharing(SharedStore common) {
    return new StoreOpener(engines, surroundings, termination, valueTypes, wishes, name, common);
  }

  private Opened opened(Supplier<SharedStore.Found> opener) {
    return shared == null ? new Opened(opener.get().store(), null, true) : shared.open(opener);
  }

  private SharedStore.Found openOrMakeLater() {
    try {
      return SharedStore.Found.there(watched(open(false)));
    } catch (StoreUnavailableException e) {
      if (e.code() != ErrorCode.STORE_MISSING) {
        throw e;
      }
      UnmadeStore unmade = new UnmadeStore(() -> open(true), engine.sessionLimits());
      return new SharedStore.Found(watched(unmade), unmade::isMade);
    }
  }

  private void refuseReadOnly() {
    if (wishes.readOnly()) {
      throw new UsageException(Option.READ_ONLY + " does not go with a command that writes");
    }
  }

  private KeyValueStore watched(StoragePort port) {
    KeyValueStore store = new KeyValueStore(port, surroundings.clock(), valueTypes);
    termination.watch(store);
    return store;
  }

  private StoragePort open(boolean createIfMissing) {
    return checked(() -> engine.open(wishes.at(location(), createIfMissing)));
  }

  /** A cap out of bounds is a fault of the command line. */
  private <T> T checked(Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      if (wishes.maxBytes().isPresent()) {
        throw new UsageException(Option.MAX_SIZE + ": " + e.getMessage());
      }
      throw e;
    }
  }

  private String location() {
    if (!name.isDefault()) {
      return name.location();
    }
    String folder = engine.keepsFiles()
        ? DefaultFolder.of(surroundings.environment(), surroundings.system()) + "/"
        : "";
    return folder + engine.defaultName();
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
}
