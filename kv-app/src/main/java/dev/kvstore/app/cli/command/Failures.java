package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.io.ClosedPipeException;
import dev.kvstore.app.cli.io.ErrorOutput;
import dev.kvstore.app.cli.store.Termination;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import java.util.Map;
import java.util.function.Supplier;

/** Turns everything that can be thrown into a line on the standard error, and one for each failure of a close after it, and an exit code. */
public final class Failures {

  private static final String DEBUG = "KV_DEBUG";

  private final ErrorOutput err;
  private final Map<String, String> environment;
  private final Termination termination;
  private final Supplier<String> place;

  /** Reports to {@code err}. */
  public Failures(ErrorOutput err, Map<String, String> environment, Termination termination) {
    this(err, environment, termination, () -> "");
  }

  private Failures(
      ErrorOutput err,
      Map<String, String> environment,
      Termination termination,
      Supplier<String> place) {
    this.err = err;
    this.environment = environment;
    this.termination = termination;
    this.place = place;
  }

  /**
   * The same with words before each message.
   *
   * @param where those words, such as {@code line 7: }, asked for when something has failed
   */
  Failures at(Supplier<String> where) {
    return new Failures(err, environment, termination, where);
  }

  /** Runs {@code task}; its exit code, or that of what it throws. */
  public ExitCode guard(Supplier<ExitCode> task) {
    try {
      return guardInShell(task);
    } catch (ClosedPipeException e) {
      return alsoReported(e, ExitCode.DONE);
    }
  }

  /** Like {@link #guard}, but lets through that nobody reads the output any more: what follows shall not be done. */
  ExitCode guardInShell(Supplier<ExitCode> task) {
    try {
      return task.get();
    } catch (ClosedPipeException e) {
      throw e;
    } catch (Throwable e) {
      ExitCode code = reported(e);
      ExitCode unused = alsoReported(e, code);
      return code;
    }
  }

  /** Reports a failure after which the command goes on; its exit code. */
  ExitCode tell(StoreException failure) {
    return reported(failure);
  }

  /** Reports what the close of the store had to say after {@code failure}; its exit code, or {@code code} if it said nothing. */
  private ExitCode alsoReported(Throwable failure, ExitCode code) {
    ExitCode last = code;
    for (Throwable next : failure.getSuppressed()) {
      if (next instanceof StoreException) {
        last = reported(next);
      }
    }
    return last;
  }

  private ExitCode reported(Throwable e) {
    if (e instanceof UsageException) {
      err.error(ExitCode.USAGE.name(), place.get() + text(e), Map.of());
      return ExitCode.USAGE;
    }
    if (e instanceof FailedPartException part) {
      return report(part.failure().code(), text(e), part.details());
    }
    if (e instanceof StoreException failure) {
      return report(failure.code(), text(e), failure.details());
    }
    return internal(e);
  }

  private ExitCode report(ErrorCode code, String message, Map<String, Object> details) {
    // The signal has closed the store under the command, and will set the exit code.
    if (code != ErrorCode.STORE_CLOSED || !termination.hasBegun()) {
      err.error(code.name(), place.get() + message, details);
    }
    return ExitCode.of(code);
  }

  private ExitCode internal(Throwable failure) {
    boolean debug = environment.getOrDefault(DEBUG, "").equals("1");
    err.error(
        ExitCode.INTERNAL.name(),
        place.get() + "this is a fault of the program: " + failure
            + (debug ? "" : "; with " + DEBUG + "=1 in the environment it tells where"),
        Map.of());
    if (debug) {
      err.trace(failure);
    }
    return ExitCode.INTERNAL;
  }

  private static String text(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
