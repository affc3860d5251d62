package dev.kvstore.etcd.testkit;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.kvstore.etcd.EtcdOptions;
import dev.kvstore.etcd.rpc.ClusterAccess;
import dev.kvstore.etcd.rpc.Endpoint;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.MemberStatus;
import dev.kvstore.etcd.rpc.TimeLimit;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster of real etcd servers, on the loopback interface unless a network is given. Where there is no etcd, the test that asks for
 * one is skipped.
 */
public final class TestCluster implements AutoCloseable {

  private static final String MISSING =
      "SKIPPED: there is no etcd on the PATH, so nothing of the etcd engine is tested; on Debian: apt-get install etcd-server";

  private final Path folder;
  private final List<EtcdNode> nodes;
  private final ChannelCredentials credentials;
  private final Thread atExit = new Thread(this::stop);

  private TestCluster(Path folder, List<EtcdNode> nodes, ChannelCredentials credentials) {
    this.folder = folder;
    this.nodes = nodes;
    this.credentials = credentials;
  }

  /** The one that tests share that leave it as it is; ends with this Java. */
  public static TestCluster shared() {
    requireEtcd();
    return Shared.CLUSTER;
  }

  private static final class Shared {
    // No member of it dies, so that elections may wait long, as a machine without idle cores needs
    // it.
    static final TestCluster CLUSTER =
        start(3, "--heartbeat-interval=500", "--election-timeout=5000");
  }

  /** A cluster of its own, which the test closes. */
  public static TestCluster start(int size, String... flags) {
    return start(size, InsecureChannelCredentials.create(), flags);
  }

  /** The same with encrypted connections, by the flags. */
  public static TestCluster start(int size, ChannelCredentials credentials, String... flags) {
    requireEtcd();
    try {
      List<Integer> ports = freePorts(2 * size);
      List<NodeAddress> addresses = IntStream.range(0, size)
          .mapToObj(i -> NodeAddress.onLoopback(ports.get(2 * i), ports.get(2 * i + 1)))
          .toList();
      return start(addresses, credentials, flags);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A cluster with a member at each place of a network. */
  public static TestCluster startIn(NodeNetwork network) {
    requireEtcd();
    return start(network.addresses(), InsecureChannelCredentials.create());
  }

  private static TestCluster start(
      List<NodeAddress> addresses, ChannelCredentials credentials, String... flags) {
    try {
      Path folder = Files.createTempDirectory("kv-etcd");
      String members = IntStream.range(0, addresses.size())
          .mapToObj(i -> "n" + i + "=http://" + addresses.get(i).host() + ":"
              + addresses.get(i).peerPort())
          .collect(Collectors.joining(","));
      List<EtcdNode> nodes = new ArrayList<>();
      for (int i = 0; i < addresses.size(); i++) {
        nodes.add(new EtcdNode(folder, "n" + i, addresses.get(i), members, List.of(flags)));
      }
      TestCluster cluster = new TestCluster(folder, nodes, credentials);
      Runtime.getRuntime().addShutdownHook(cluster.atExit);
      nodes.forEach(EtcdNode::start);
      cluster.leader();
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<EtcdNode> nodes() {
    return nodes;
  }

  public String endpoints() {
    return nodes.stream().map(EtcdNode::endpoint).collect(Collectors.joining(","));
  }

  public String location(String namespace) {
    return endpoints() + "/" + namespace;
  }

  /** Options for tests, with time enough for a busy machine. */
  public EtcdOptions options(String namespace) {
    return EtcdOptions.at(location(namespace))
        .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(60));
  }

  /** The cluster without a store. */
  public EtcdCluster connect() {
    return new EtcdCluster(access());
  }

  public ClusterAccess access() {
    List<Endpoint> endpoints =
        nodes.stream().map(node -> new Endpoint(node.host(), node.clientPort())).toList();
    return new ClusterAccess(endpoints, credentials, Optional.empty(), Duration.ofSeconds(2));
  }

  /** Waits for a leader that knows of itself. */
  public EtcdNode leader() {
    TimeLimit limit = TimeLimit.after(Duration.ofMinutes(2));
    try (EtcdCluster cluster = connect()) {
      while (!limit.isOver()) {
        for (Object status : cluster.administration().statuses(limit).values()) {
          if (status instanceof MemberStatus member && member.isLeader() && member.leader() != 0) {
            return nodes.stream()
                .filter(node -> node.endpoint().equals(member.endpoint().toString()))
                .findFirst()
                .orElseThrow();
          }
        }
        limit.pause(Duration.ofMillis(50));
      }
    }
    throw new IllegalStateException("no leader in two minutes: " + nodes.get(0).lastWords());
  }

  public EtcdNode follower() {
    EtcdNode leader = leader();
    return nodes.stream()
        .filter(node -> node != leader && node.isRunning())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    stop();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void stop() {
    nodes.stream().filter(EtcdNode::isRunning).forEach(EtcdNode::kill);
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void requireEtcd() {
    if (!isOnPath("etcd")) {
      System.err.println(MISSING);
      abort(MISSING);
    }
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
