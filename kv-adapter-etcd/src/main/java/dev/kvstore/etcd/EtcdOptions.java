package dev.kvstore.etcd;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.etcd.rpc.ClusterAccess;
import dev.kvstore.etcd.rpc.ClusterAccess.User;
import dev.kvstore.etcd.rpc.Endpoint;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.TimeLimit;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How to open a store in an etcd cluster. Immutable; the methods that change something return a copy. Its text, and every message,
 * leaves the password out.
 */
public final class EtcdOptions {

  /** How long one member may take for one answer, unless told otherwise. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

  /** How long a call of the store may take, unless told otherwise. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final List<Endpoint> endpoints;
  private final String namespace;
  private final Optional<EtcdTls> tls;
  private final Optional<User> user;
  private final boolean createIfMissing;
  private final boolean readOnly;
  private final Duration callTimeout;
  private final Duration timeout;

  private EtcdOptions(
      List<Endpoint> endpoints,
      String namespace,
      Optional<EtcdTls> tls,
      Optional<User> user,
      boolean createIfMissing,
      boolean readOnly,
      Duration callTimeout,
      Duration timeout) {
    this.endpoints = endpoints;
    this.namespace = namespace;
    this.tls = tls;
    this.user = user;
    this.createIfMissing = createIfMissing;
    this.readOnly = readOnly;
    this.callTimeout = callTimeout;
    this.timeout = timeout;
  }

  /**
   * The store at an address such as {@code host1:2379,host2:2379/namespace}, made if it is missing. A host may have {@code https://}
   * before it. The port is 2379 where none is named.
   *
   * @throws InvalidInputException INVALID_LOCATION if it is no such address
   */
  public static EtcdOptions at(String location) {
    return of(location, Map.of());
  }

  /**
   * The same with the settings that etcdctl takes from the environment: ETCDCTL_ENDPOINTS if the address has no hosts (without it,
   * 127.0.0.1:2379), ETCDCTL_CACERT, ETCDCTL_CERT, ETCDCTL_KEY, ETCDCTL_USER and ETCDCTL_PASSWORD.
   *
   * @throws InvalidInputException INVALID_LOCATION if it is no such address, or a setting is wrong
   */
  public static EtcdOptions of(String location, Map<String, String> environment) {
    return new EtcdEnvironment(environment).complete(EtcdLocation.parse(location));
  }

  static EtcdOptions of(
      List<Endpoint> endpoints, String namespace, Optional<EtcdTls> tls, Optional<User> user) {
    return new EtcdOptions(
        List.copyOf(endpoints), namespace, tls, user, true, false, CALL_TIMEOUT, TIMEOUT);
  }

  /** The same over encrypted connections. */
  public EtcdOptions withTls(EtcdTls encryption) {
    return new EtcdOptions(
        endpoints,
        namespace,
        Optional.of(encryption),
        user,
        createIfMissing,
        readOnly,
        callTimeout,
        timeout);
  }

  /** The same as this user of the cluster. */
  public EtcdOptions withUser(String name, String password) {
    Optional<User> who = Optional.of(new User(name, password));
    return new EtcdOptions(
        endpoints, namespace, tls, who, createIfMissing, readOnly, callTimeout, timeout);
  }

  /** The same, but a store that is not there is STORE_MISSING, and none is made. */
  public EtcdOptions mustExist() {
    return new EtcdOptions(endpoints, namespace, tls, user, false, readOnly, callTimeout, timeout);
  }

  /** The same, to look at alone: nothing is made or changed, and a store that is not there is STORE_MISSING. */
  public EtcdOptions asReadOnly() {
    return new EtcdOptions(endpoints, namespace, tls, user, false, true, callTimeout, timeout);
  }

  /**
   * The same with other limits of time.
   *
   * @param perCall how long one member may take for one answer, before another one is asked
   * @param whole how long a call of the store may take in all, before it fails; a compaction may take longer
   * @throws IllegalArgumentException if one is not positive
   */
  public EtcdOptions withTimeouts(Duration perCall, Duration whole) {
    if (perCall.isNegative() || perCall.isZero() || whole.isNegative() || whole.isZero()) {
      throw new IllegalArgumentException("a timeout must be positive");
    }
    return new EtcdOptions(
        endpoints, namespace, tls, user, createIfMissing, readOnly, perCall, whole);
  }

  boolean createIfMissing() {
    return createIfMissing;
  }

  boolean readOnly() {
    return readOnly;
  }

  String namespace() {
    return namespace;
  }

  Duration timeout() {
    return timeout;
  }

  /** How much of a call's time a write leaves for finding out what became of it: one answer, but no more than half. */
  Duration reserve() {
    return TimeLimit.shorter(callTimeout, timeout.dividedBy(2));
  }

  Duration callTimeout() {
    return callTimeout;
  }

  boolean isEncrypted() {
    return tls.isPresent();
  }

  ClusterAccess access() {
    ChannelCredentials credentials =
        tls.map(EtcdTls::credentials).orElseGet(InsecureChannelCredentials::create);
    return new ClusterAccess(endpoints, credentials, user, callTimeout);
  }

  /** The cluster; INVALID_LOCATION if the files for encryption cannot be used. */
  EtcdCluster connect() {
    ClusterAccess access = access();
    try {
      return new EtcdCluster(access);
    } catch (IllegalArgumentException e) {
      throw EtcdTls.unusable(tls);
    }
  }

  /** The endpoints, for messages. */
  String endpoints() {
    return endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(","));
  }

  /** The address in full, without secrets: {@code etcd:host:2379/namespace}. */
  public String location() {
    return EtcdStorage.ENGINE + ":" + endpoints() + "/" + namespace;
  }

  /** The same as {@link #location}, escaped for a terminal. */
  @Override
  public String toString() {
    return Printable.escape(location());
  }
}
