package dev.kvstore.etcd.testkit;

import java.util.List;

/**
 * Where a member listens.
 *
 * @param host its address
 * @param clientPort where clients connect
 * @param peerPort where other members connect
 * @param launcher the command that starts another one there; empty if the machine itself is the place
 */
record NodeAddress(String host, int clientPort, int peerPort, List<String> launcher) {

  /** On the loopback interface. */
  static NodeAddress onLoopback(int clientPort, int peerPort) {
    return new NodeAddress("127.0.0.1", clientPort, peerPort, List.of());
  }
}
