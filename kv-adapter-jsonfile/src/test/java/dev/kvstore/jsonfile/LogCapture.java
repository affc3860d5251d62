package dev.kvstore.jsonfile;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Takes what the engine logs while this is open, in place of the console. */
final class LogCapture implements AutoCloseable {

  private final Logger logger = Logger.getLogger(JsonFileStorage.class.getName());
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Handler handler = new Handler() {
    @Override
    public void publish(LogRecord record) {
      if (keep) {
        messages.add(new SimpleFormatter().formatMessage(record));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };
  private final boolean keep;

  private LogCapture(boolean keep) {
    this.keep = keep;
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  /** Keeps the messages. */
  static LogCapture keep() {
    return new LogCapture(true);
  }

  /** Drops the messages, for runs that recover thousands of times. */
  static LogCapture drop() {
    return new LogCapture(false);
  }

  /** The messages so far, formatted. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }
}
