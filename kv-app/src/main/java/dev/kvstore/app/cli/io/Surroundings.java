package dev.kvstore.app.cli.io;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * All that the program knows of the process it runs in, so that tests can run it in another.
 *
 * @param environment the environment variables
 * @param system the name of the operating system, as the property {@code os.name} has it
 * @param clock tells the time
 * @param in standard input
 * @param out standard output, unbuffered
 * @param err standard error, unbuffered
 * @param terminals the digits of those standard streams that are terminals: 0, 1, 2
 */
public record Surroundings(
    Map<String, String> environment,
    String system,
    InstantSource clock,
    InputStream in,
    OutputStream out,
    OutputStream err,
    String terminals) {

  /** The property in which the launcher says which standard streams are terminals; the JDK cannot tell for each. */
  private static final String TERMINALS = "kv.terminals";

  /** What a launcher that cannot tell says there. */
  private static final String ASK = "console";

  /** Those of this process. */
  public static Surroundings ofThisProcess() {
    return new Surroundings(
        System.getenv(),
        System.getProperty("os.name", ""),
        InstantSource.system(),
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        terminals(System.getProperty(TERMINALS, "")));
  }

  /** The JDK knows of a console if input and output are terminals, and nothing of the standard error, which counts as none. */
  // On every version: the launcher chooses the console of java.base, which is null otherwise.
  @SuppressWarnings("SystemConsoleNull")
  private static String terminals(String told) {
    if (!told.equals(ASK)) {
      return told;
    }
    return System.console() == null ? "" : "01";
  }

  /** Whether standard input is a terminal. */
  boolean readsTerminal() {
    return terminals.indexOf('0') >= 0;
  }

  /** Whether standard output is a terminal. */
  boolean writesTerminal() {
    return terminals.indexOf('1') >= 0;
  }

  /** Whether standard error is a terminal. */
  boolean warnsTerminal() {
    return terminals.indexOf('2') >= 0;
  }
}
