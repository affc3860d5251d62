package dev.kvstore.etcd.testkit;

import dev.kvstore.files.trial.Commands;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network within the machine: a bridge, and for each member of a cluster a namespace with a cable to it that can be cut. What is
 * sent over a cut cable is lost, and neither end is told. Only the superuser can make one; elsewhere the test is skipped.
 */
public final class NodeNetwork implements AutoCloseable {

  private static final String NAME = "kvtest";
  private static final String SUBNET = "10.231.77.";
  private static final int FIRST_HOST = 10;
  private static final int CLIENT_PORT = 2379;
  private static final int PEER_PORT = 2380;

  private final int size;

  private NodeNetwork(int size) {
    this.size = size;
  }

  /** A network with places for so many members. */
  public static NodeNetwork of(int size) throws IOException, InterruptedException {
    NodeNetwork network = new NodeNetwork(size);
    network.removeLeftovers();
    Commands.require("ip", "link", "add", NAME, "type", "bridge");
    try {
      Commands.require("ip", "address", "add", SUBNET + "1/24", "dev", NAME);
      Commands.require("ip", "link", "set", NAME, "up");
      for (int i = 0; i < size; i++) {
        network.lay(i);
      }
      return network;
    } catch (IOException | InterruptedException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private void lay(int i) throws IOException, InterruptedException {
    String place = NAME + i;
    Commands.require("ip", "netns", "add", place);
    Commands.require("ip", "link", "add", near(i), "type", "veth", "peer", "name", far(i));
    Commands.require("ip", "link", "set", far(i), "netns", place);
    Commands.require("ip", "link", "set", near(i), "master", NAME);
    Commands.require("ip", "link", "set", near(i), "up");
    Commands.require("ip", "-n", place, "address", "add", host(i) + "/24", "dev", far(i));
    Commands.require("ip", "-n", place, "link", "set", far(i), "up");
    Commands.require("ip", "-n", place, "link", "set", "lo", "up");
  }

  List<NodeAddress> addresses() {
    List<NodeAddress> addresses = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<String> launcher = List.of("ip", "netns", "exec", NAME + i);
      addresses.add(new NodeAddress(host(i), CLIENT_PORT, PEER_PORT, launcher));
    }
    return addresses;
  }

  /** Cuts the cable of member {@code i}, from clients and from the other members. */
  public void cut(int i) throws IOException, InterruptedException {
    Commands.run("ip", "link", "set", near(i), "down");
  }

  /** Mends the cable. */
  public void mend(int i) throws IOException, InterruptedException {
    Commands.run("ip", "link", "set", near(i), "up");
  }

  @Override
  public void close() throws IOException {
    try {
      removeLeftovers();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Also those of a test that was killed. */
  private void removeLeftovers() throws IOException, InterruptedException {
    String all = " 2>/dev/null || true";
    for (int i = 0; i < size; i++) {
      Commands.run("sh", "-c", "ip link delete " + near(i) + all);
      Commands.run("sh", "-c", "ip netns delete " + NAME + i + all);
    }
    Commands.run("sh", "-c", "ip link delete " + NAME + all);
  }

  private static String host(int i) {
    return SUBNET + (FIRST_HOST + i);
  }

  private static String near(int i) {
    return NAME + i + "h";
  }

  private static String far(int i) {
    return NAME + i + "n";
  }
}
