package dev.kvstore.etcd.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One etcd server, as a process that can be killed, paused and started again with its data. */
public final class EtcdNode {

  private final List<String> command;
  private final Path log;
  private final NodeAddress address;
  private Process process;

  EtcdNode(Path folder, String name, NodeAddress address, String cluster, List<String> flags) {
    this.address = address;
    this.log = folder.resolve(name + ".log");
    boolean encrypted = flags.stream().anyMatch(flag -> flag.startsWith("--cert-file="));
    String client = (encrypted ? "https" : "http") + "://" + endpoint();
    String peer = "http://" + address.host() + ":" + address.peerPort();
    this.command = new ArrayList<>(address.launcher());
    command.addAll(List.of(
        "etcd",
        "--name=" + name,
        "--data-dir=" + folder.resolve(name),
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=" + cluster));
    command.addAll(flags);
  }

  public String endpoint() {
    return address.host() + ":" + address.clientPort();
  }

  String host() {
    return address.host();
  }

  public int clientPort() {
    return address.clientPort();
  }

  public void start() {
    try {
      process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of its log. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }

  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** As by kill -9. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As by SIGSTOP: it keeps its connections and does nothing. */
  public void pause() {
    signal("-STOP");
  }

  public void resume() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      int code =
          new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill " + name + " ends with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
