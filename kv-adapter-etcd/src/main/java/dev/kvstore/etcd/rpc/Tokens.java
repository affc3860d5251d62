package dev.kvstore.etcd.rpc;

import dev.kvstore.etcd.rpc.ClusterAccess.User;
import io.grpc.Metadata;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token by which the cluster knows the user: asked for when it is first needed, and again when it has run out. */
final class Tokens {

  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

  private final Optional<User> user;
  private @Nullable String token;
  private boolean spared;

  Tokens(Optional<User> user) {
    this.user = user;
  }

  /** The question for a token, if one is needed and not there. */
  synchronized Optional<byte[]> request() {
    return token != null || spared
        ? Optional.empty()
        : user.map(
            who -> new ProtoWriter().text(1, who.name()).text(2, who.password()).toBytes());
  }

  /** Takes the answer to that question. */
  synchronized void accept(byte[] answer) {
    ProtoReader reader = new ProtoReader(answer);
    while (reader.next()) {
      if (reader.field() == 2) {
        token = reader.text();
      }
    }
  }

  /** Asks no more until a call is refused: the cluster does not want to know. So etcdctl does it, too. */
  synchronized void spare() {
    spared = true;
  }

  /**
   * Forgets what a call went with that was refused for it, a token or none, unless there is a newer one; false if there is no user to
   * ask for one.
   */
  synchronized boolean forget(Metadata stale) {
    spared = false;
    if (token != null && token.equals(stale.get(HEADER))) {
      token = null;
    }
    return user.isPresent();
  }

  /** What goes with each call. */
  synchronized Metadata headers() {
    Metadata headers = new Metadata();
    if (token != null) {
      headers.put(HEADER, token);
    }
    return headers;
  }
}
