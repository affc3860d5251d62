package dev.kvstore.app.cli.io;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Brings what the engines log to the standard error, as notes of one line. The JDK finds it as a service when the first logger
 * is asked for; nothing of its own logging is loaded. Warnings and errors are shown, the rest is not.
 */
public final class Notes extends System.LoggerFinder {

  private static volatile @Nullable ErrorOutput target;

  /** Made by the JDK alone. */
  public Notes() {}

  /** Sends notes to {@code errorOutput} from now on; before that there is nobody to send them to. */
  public static void sendTo(ErrorOutput errorOutput) {
    target = errorOutput;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new NoteLogger(name);
  }

  private record NoteLogger(String name) implements System.Logger {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.compareTo(Level.WARNING) >= 0 && level != Level.OFF;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      ErrorOutput current = target;
      if (current != null && isLoggable(level)) {
        current.note(thrown == null ? String.valueOf(message) : message + ": " + thrown);
      }
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
      if (isLoggable(level)) {
        boolean plain = values == null || values.length == 0;
        log(level, bundle, plain ? format : MessageFormat.format(format, values), (Throwable) null);
      }
    }
  }
}
