package dev.kvstore.etcd;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How connections to the cluster are encrypted. Files are in PEM; a private key is in PKCS#8 ({@code BEGIN PRIVATE KEY}).
 *
 * @param caCertificates whom to believe that he is a member; empty for those whom this Java believes
 * @param certificate what this client shows of itself, with {@code privateKey}; empty for nothing
 * @param privateKey the key of that certificate
 */
public record EtcdTls(
    Optional<Path> caCertificates, Optional<Path> certificate, Optional<Path> privateKey) {

  /** Requires a certificate and its key to come together; INVALID_LOCATION otherwise. */
  public EtcdTls {
    if (certificate.isPresent() != privateKey.isPresent()) {
      throw InvalidInputException.location(
          "a client certificate needs its private key, and the key its certificate", Map.of());
    }
  }

  /** Encrypted, with those believed whom this Java believes. */
  public static EtcdTls ofThisJava() {
    return new EtcdTls(Optional.empty(), Optional.empty(), Optional.empty());
  }

  ChannelCredentials credentials() {
    TlsChannelCredentials.Builder builder = TlsChannelCredentials.newBuilder();
    if (caCertificates.isPresent()) {
      read(caCertificates.get(), file -> builder.trustManager(file));
    }
    if (certificate.isPresent() && privateKey.isPresent()) {
      File shown = certificate.get().toFile();
      read(privateKey.get(), file -> builder.keyManager(shown, file));
    }
    return builder.build();
  }

  /** The error for files that are no certificates or no key. Without the reason, which might quote what is in them. */
  static InvalidInputException unusable(Optional<EtcdTls> tls) {
    String files = tls.stream()
        .flatMap(t -> Stream.of(t.caCertificates, t.certificate, t.privateKey))
        .flatMap(Optional::stream)
        .map(file -> Printable.quote(file.toString()))
        .collect(Collectors.joining(", "));
    return InvalidInputException.location(
        "the files " + files
            + " cannot be used to encrypt; they must be in PEM, a private key in PKCS#8",
        Map.of());
  }

  private interface Reading {
    void read(File file) throws IOException;
  }

  private void read(Path file, Reading reading) {
    try {
      reading.read(file.toFile());
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(Optional.of(this));
    }
  }
}
