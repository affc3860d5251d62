package dev.kvstore.etcd;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.etcd.rpc.ClusterAccess.User;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What etcdctl takes from the environment. An empty variable is as none. */
record EtcdEnvironment(Map<String, String> variables) {

  private static final String DEFAULT_ENDPOINT = "127.0.0.1:" + EtcdLocation.DEFAULT_PORT;

  EtcdOptions complete(EtcdLocation location) {
    EtcdLocation hosts = location.endpoints().isEmpty()
        ? EtcdLocation.parseEndpoints(value("ETCDCTL_ENDPOINTS").orElse(DEFAULT_ENDPOINT))
        : location;
    return EtcdOptions.of(hosts.endpoints(), location.namespace(), tls(hosts.encrypted()), user());
  }

  /** Files name what an encrypted connection needs, and so ask for one, unless the endpoints say that it is plain. */
  private Optional<EtcdTls> tls(Optional<Boolean> byScheme) {
    EtcdTls tls = new EtcdTls(path("ETCDCTL_CACERT"), path("ETCDCTL_CERT"), path("ETCDCTL_KEY"));
    boolean byFiles = tls.caCertificates().isPresent() || tls.certificate().isPresent();
    return byScheme.orElse(byFiles) ? Optional.of(tls) : Optional.empty();
  }

  /** {@code name:password}, or the name alone and the password in a variable of its own. */
  private Optional<User> user() {
    return value("ETCDCTL_USER").map(given -> {
      Optional<String> password = value("ETCDCTL_PASSWORD");
      int colon = given.indexOf(':');
      if (password.isPresent()) {
        return new User(given, password.get());
      }
      if (colon < 0) {
        throw InvalidInputException.location(
            "ETCDCTL_USER has a name and no password; write name:password, or set ETCDCTL_PASSWORD",
            Map.of());
      }
      return new User(given.substring(0, colon), given.substring(colon + 1));
    });
  }

  private Optional<Path> path(String variable) {
    try {
      return value(variable).map(Path::of);
    } catch (InvalidPathException e) {
      throw InvalidInputException.location(variable + " is no path", Map.of());
    }
  }

  private Optional<String> value(String variable) {
    return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isEmpty());
  }
}
