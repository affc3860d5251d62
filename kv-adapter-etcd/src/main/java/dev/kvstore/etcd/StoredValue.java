package dev.kvstore.etcd;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * What lies under the key of an entry: a line of text, then the JSON value to the letter. The line reads {@code kv1 WRITE-ID EXPIRY
 * CHECKSUM}, with the expiry in milliseconds since 1970 or {@code -}, and the CRC-32C of the key, the line before it and the value in
 * eight hexadecimal digits.
 *
 * @param json the value
 * @param expiresAtMillis as in {@link Entry}
 * @param writeId names the commit that wrote it
 */
record StoredValue(JsonValue json, long expiresAtMillis, String writeId) {

  private static final String FORMAT = "kv1";
  private static final String NO_EXPIRY = "-";

  /** Why bytes are no stored value. */
  enum Fault {
    NEWER,
    DAMAGED
  }

  /** Bytes that are no stored value. */
  static final class FaultException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Fault fault;

    FaultException(Fault fault) {
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }

  byte[] encode(Key key) {
    String said = FORMAT + " " + writeId + " "
        + (expiresAtMillis == Entry.NEVER ? NO_EXPIRY : Long.toString(expiresAtMillis));
    byte[] line =
        (said + " " + checksum(key, said, json.utf8()) + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] stored = Arrays.copyOf(line, line.length + json.sizeInBytes());
    json.copyTo(stored, line.length);
    return stored;
  }

  static StoredValue decode(Key key, byte[] stored) throws FaultException {
    int end = 0;
    while (end < stored.length && stored[end] != '\n') {
      end++;
    }
    String line = new String(stored, 0, end, StandardCharsets.ISO_8859_1);
    String[] words = line.split(" ", -1);
    if (!words[0].equals(FORMAT) && words[0].matches("kv[1-9][0-9]*")) {
      throw new FaultException(Fault.NEWER);
    }
    if (end == stored.length || words.length != 4 || !words[0].equals(FORMAT)) {
      throw new FaultException(Fault.DAMAGED);
    }
    byte[] json = Arrays.copyOfRange(stored, end + 1, stored.length);
    String said = line.substring(0, line.lastIndexOf(' '));
    if (!words[3].equals(checksum(key, said, json))) {
      throw new FaultException(Fault.DAMAGED);
    }
    // The checksum holds, so this is what was written here.
    long expiry = words[2].equals(NO_EXPIRY) ? Entry.NEVER : Long.parseLong(words[2]);
    return new StoredValue(JsonValue.ofVerified(json), expiry, words[1]);
  }

  private static String checksum(Key key, String said, byte[] json) {
    CRC32C crc = new CRC32C();
    crc.update(key.utf8());
    crc.update('\n');
    crc.update(said.getBytes(StandardCharsets.US_ASCII));
    crc.update('\n');
    crc.update(json);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
