package dev.kvstore.app;

import dev.kvstore.app.cli.io.Surroundings;
import dev.kvstore.app.cli.store.Termination;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;

/**
 * Runs the common commands once, on the engines named, so that the JVM can record which classes they load. The build makes the
 * class-data archive from that.
 */
public final class Rehearsal {

  /** Something of everything that a value may hold: what is not met here is loaded the slow way later. */
  private static final String VALUE =
      "{\"name\":\"Ada\\n\\u00e9\",\"n\":[1,-2.5e3,true,false,null],\"o\":{\"text\":\"0123456789\"}}";

  private static final String[] COMMANDS = {
    "create a " + VALUE,
    "create b -",
    "put a " + VALUE + " --ttl 60",
    "put b " + VALUE + " --json",
    "read a",
    "read a --pretty",
    "list",
    "list --long",
    "exists a",
    "ttl a",
    "list --values",
    "stats",
    "delete a",
    "read a",
    "path",
    "--version",
    "no-command",
  };

  private Rehearsal() {}

  /**
   * Runs the commands.
   *
   * @param args an empty folder for the stores, then the names of engines
   */
  public static void main(String[] args) {
    for (String engine : Arrays.asList(args).subList(1, args.length)) {
      Map<String, String> environment = Map.of("KV_STORE", engine + ":" + args[0] + "/" + engine);
      for (String command : COMMANDS) {
        Surroundings surroundings = new Surroundings(
            environment,
            System.getProperty("os.name", ""),
            InstantSource.system(),
            new ByteArrayInputStream(VALUE.getBytes(StandardCharsets.UTF_8)),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            "");
        Main.run(surroundings, new Termination(), command.split(" "));
      }
    }
    Surroundings.ofThisProcess();
    new Termination().install();
  }
}
