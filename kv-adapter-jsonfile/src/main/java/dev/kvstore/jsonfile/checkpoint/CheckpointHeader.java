package dev.kvstore.jsonfile.checkpoint;

import dev.kvstore.jsonfile.index.ExpiryLedger;
import dev.kvstore.jsonfile.index.Hash;
import dev.kvstore.jsonfile.index.SlotTable;
import dev.kvstore.jsonfile.index.Slots;
import dev.kvstore.jsonfile.log.LogHeader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The first {@value #BYTES} bytes of the file: a line of JSON, filled up with blanks.
 *
 * @param seed of the hash
 * @param slotsAt where in the file the slots begin, in bytes
 * @param capacity how many slots there are
 * @param body the CRC-32C of all that follows the header
 */
record CheckpointHeader(
    LogHeader log,
    long offset,
    long seq,
    int entries,
    long lineBytes,
    long seed,
    int slotsAt,
    int capacity,
    int body) {

  static final int BYTES = 512;

  private static final String NUMBER = "(0|[1-9][0-9]{0,15})";
  private static final String SMALL_NUMBER = "(0|[1-9][0-9]{0,8})";
  private static final String HEX = "([0-9a-f]{16})";
  private static final Pattern MEMBERS = Pattern.compile(
      "\\{\"format\":\"kv-jsonfile-index\",\"version\":1,\"id\":\"" + HEX + "\",\"generation\":"
          + NUMBER + ",\"offset\":" + NUMBER + ",\"seq\":" + NUMBER + ",\"entries\":" + SMALL_NUMBER
          + ",\"bytes\":" + NUMBER + ",\"seed\":\"" + HEX + "\",\"slots\":" + SMALL_NUMBER
          + ",\"capacity\":" + SMALL_NUMBER
          + ",\"body\":\"([0-9a-f]{8})\",\"crc\":\"[0-9a-f]{8}\"} *\n");

  /** How long the file is that begins with it. */
  long fileSize() {
    return slotsAt + (long) capacity * Long.BYTES;
  }

  /** The checkpoint, with what the rest of the file holds. */
  Checkpoint with(ExpiryLedger expiry, Slots slots) {
    return new Checkpoint(log, offset, seq, entries, lineBytes, new Hash(seed), expiry, slots);
  }

  /** The header as it stands in the file. */
  byte[] encode() {
    String members =
        "{\"format\":\"kv-jsonfile-index\",\"version\":1,\"id\":\"%s\",\"generation\":%d,\"offset\":%d,\"seq\":%d,\"entries\":%d,\"bytes\":%d,\"seed\":\"%016x\",\"slots\":%d,\"capacity\":%d,\"body\":\"%08x\","
            .formatted(
                log.id(),
                log.generation(),
                offset,
                seq,
                entries,
                lineBytes,
                seed,
                slotsAt,
                capacity,
                body);
    CRC32C crc = new CRC32C();
    crc.update(members.getBytes(StandardCharsets.US_ASCII));
    String line = members + "\"crc\":\"%08x\"}".formatted((int) crc.getValue());
    byte[] bytes = new byte[BYTES];
    Arrays.fill(bytes, (byte) ' ');
    System.arraycopy(line.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, line.length());
    bytes[BYTES - 1] = '\n';
    return bytes;
  }

  /** What else must hold, though the checksum is right, before memory is taken for it. */
  private boolean describesATable() {
    return slotsAt > BYTES
        && capacity >= SlotTable.MIN_CAPACITY
        && capacity <= Integer.MAX_VALUE / Long.BYTES
        && entries <= capacity * 3L / 4;
  }

  /** The header that was encoded so; empty if it was none of this version, or a byte of it was changed since. */
  static Optional<CheckpointHeader> decode(byte[] bytes) {
    Matcher members = MEMBERS.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    if (!members.matches()) {
      return Optional.empty();
    }
    CheckpointHeader header = new CheckpointHeader(
        new LogHeader(members.group(1), Long.parseLong(members.group(2))),
        Long.parseLong(members.group(3)),
        Long.parseLong(members.group(4)),
        Integer.parseInt(members.group(5)),
        Long.parseLong(members.group(6)),
        Long.parseUnsignedLong(members.group(7), 16),
        Integer.parseInt(members.group(8)),
        Integer.parseInt(members.group(9)),
        Integer.parseUnsignedInt(members.group(10), 16));
    boolean sound = Arrays.equals(bytes, header.encode()) && header.describesATable();
    return sound ? Optional.of(header) : Optional.empty();
  }
}
