package dev.kvstore.h2;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The CRC-32C of everything that a row says. H2 has no checksum over its pages: a flipped bit would give a wrong value. */
final class RowChecksum {

  private RowChecksum() {}

  static int of(byte[] key, byte[] value, long expiresAtMillis, long version) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES)
        .putInt(key.length)
        .putLong(expiresAtMillis)
        .putLong(version)
        .flip());
    crc.update(key);
    crc.update(value);
    return (int) crc.getValue();
  }
}
