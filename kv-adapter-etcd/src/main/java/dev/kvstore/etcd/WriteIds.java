package dev.kvstore.etcd;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Names for attempts to write: no two attempts have the same one, over all clients. */
final class WriteIds {

  private final String client;
  private final AtomicLong last = new AtomicLong();

  WriteIds() {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    this.client = HexFormat.of().formatHex(random);
  }

  String next() {
    return client + "-" + Long.toHexString(last.incrementAndGet());
  }
}
