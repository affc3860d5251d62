package dev.kvstore.etcd.rpc;

import io.grpc.ChannelCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a cluster is reached.
 *
 * @param endpoints where its members listen; at least one
 * @param credentials whether and how connections are encrypted
 * @param user who asks, if the cluster wants to know
 * @param callTimeout how long one member may take for one answer before the next one is asked
 */
public record ClusterAccess(
    List<Endpoint> endpoints,
    ChannelCredentials credentials,
    Optional<User> user,
    Duration callTimeout) {

  /** Copies {@code endpoints}. */
  public ClusterAccess {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * A user of the cluster.
   *
   * @param name the name
   * @param password the password
   */
  public record User(String name, String password) {

    /** Without the password. */
    @Override
    public String toString() {
      return name;
    }
  }
}
