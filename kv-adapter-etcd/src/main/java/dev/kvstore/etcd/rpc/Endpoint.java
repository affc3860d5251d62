package dev.kvstore.etcd.rpc;

/**
 * Where a member of the cluster listens for clients.
 *
 * @param host a name or an address; one of IPv6 without brackets
 * @param port the port
 */
public record Endpoint(String host, int port) {

  /** {@code host:port}, for a person. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
