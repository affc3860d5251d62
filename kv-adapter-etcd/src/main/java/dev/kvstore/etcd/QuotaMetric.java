package dev.kvstore.etcd;

import dev.kvstore.etcd.rpc.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The quota of a member before etcd 3.6, which tells it only among its metrics. Best effort: it is a figure for a person. */
final class QuotaMetric {

  private static final String NAME = "etcd_server_quota_backend_bytes ";
  private static final int TIMEOUT_MILLIS = 1_000;

  private QuotaMetric() {}

  static Optional<Long> read(Endpoint endpoint) {
    try {
      URI metrics = new URI("http", null, endpoint.host(), endpoint.port(), "/metrics", null, null);
      HttpURLConnection connection = (HttpURLConnection) metrics.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try (BufferedReader lines = new BufferedReader(
          new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
        return lines.lines().filter(line -> line.startsWith(NAME)).findFirst().map(line ->
            (long) Double.parseDouble(line.substring(NAME.length())));
      } finally {
        connection.disconnect();
      }
    } catch (IOException | URISyntaxException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
