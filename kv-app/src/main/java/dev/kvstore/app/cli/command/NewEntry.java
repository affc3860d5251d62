package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.io.Input;
import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.app.cli.io.ValueReader;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.TimeToLive;
import org.jspecify.annotations.Nullable;

/**
 * The entry that a command line brings: {@code KEY [VALUE|-|@FILE] [--ttl SECONDS]}.
 *
 * @param key the key
 * @param value the value
 * @param timeToLive the time to live
 * @param stores opens the store that it is meant for
 */
record NewEntry(Key key, JsonValue value, TimeToLive timeToLive, StoreOpener stores) {

  static final String OPERANDS = "KEY [VALUE|-|@FILE]";

  /** The same words for help on each command that takes it. */
  static final String DETAILS = """
      Without VALUE, or with -, the value is read from the standard input; with
      @FILE from a file. It is a JSON object of at most 16384 bytes in compact form
      (--values any: any JSON value). The store is made if it is not there. --json
      prints {"created":KEY,"ttl":SECONDS or null}, for put {"put":KEY,"ttl":...}.""";

  /**
   * Reads and checks all of it before any store is touched, so that what breaks a rule leaves nothing behind.
   *
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_KEY, INVALID_TTL or INVALID_VALUE
   */
  static NewEntry of(Invocation invocation) {
    StoreOpener stores = invocation.stores();
    Key key = Key.of(invocation.operand(0));
    String seconds = invocation.arguments().value(Option.TTL);
    TimeToLive timeToLive = seconds == null ? TimeToLive.unlimited() : TimeToLive.parse(seconds);
    timeToLive.expiryFrom(invocation.surroundings().clock().millis());
    JsonValue value = value(invocation, invocation.arguments().operand(1));
    stores.valueTypes().check(value);
    return new NewEntry(key, value, timeToLive, stores);
  }

  /** Says that it is {@code done}: {@code {"created":"k","ttl":5}}, or {@code created "k", expires in 5 s}. */
  void report(String done, Invocation invocation) {
    boolean unlimited = timeToLive.isUnlimited();
    if (invocation.arguments().has(Option.JSON)) {
      invocation
          .console()
          .out()
          .json("{\"" + done + "\":" + JsonText.quote(key.text()) + ",\"ttl\":"
              + (unlimited ? "null" : Long.toString(timeToLive.seconds())) + "}");
    }
    String what = done + " " + Printable.quote(key.text());
    invocation.console().err().confirm(unlimited ? what : what + ", expires in " + timeToLive);
  }

  private static JsonValue value(Invocation invocation, @Nullable String operand) {
    if (operand == null || operand.equals("-")) {
      return read(Input.standard(invocation.console(), "the value"));
    }
    if (!operand.startsWith("@")) {
      return JsonValue.parse(operand);
    }
    if (operand.length() == 1) {
      throw new UsageException("a file name is missing after @");
    }
    return read(Input.file(operand.substring(1)));
  }

  private static JsonValue read(Input source) {
    try (source) {
      return ValueReader.read(source);
    }
  }
}
