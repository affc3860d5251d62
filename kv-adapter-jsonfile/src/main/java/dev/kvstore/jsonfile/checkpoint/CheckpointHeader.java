package dev.kvstore.jsonfile.checkpoint;

import dev.kvstore.jsonfile.index.ExpiryLedger;
import dev.kvstore.jsonfile.index.Hash;
import dev.kvstore.jsonfile.index.SlotTable;
import dev.kvstore.jsonfile.index.Slots;
import dev.kvstore.jsonfile.log.LogHeader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The first {@value #BYTES} bytes of the file: a line of JSON, filled up with blanks.
 *
 * @param last what the last lines before {@code offset} end with
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
    int last,
    long seed,
    int slotsAt,
    int capacity,
    int body) {

  static final int BYTES = 512;

  private static final int MEMBERS = 14;

  /** Whether it is of the log with this header. */
  boolean isOf(LogHeader other) {
    return log.id().equals(other.id()) && log.generation() == other.generation();
  }

  /** How long the file is that begins with it. */
  long fileSize() {
    return slotsAt + (long) capacity * Long.BYTES;
  }

  /** The checkpoint, with what the rest of the file holds. */
  Checkpoint with(ExpiryLedger expiry, Slots slots) {
    return new Checkpoint(
        log, offset, seq, entries, lineBytes, last, new Hash(seed), expiry, slots);
  }

  /** The header as it stands in the file. */
  byte[] encode() {
    HexFormat hex = HexFormat.of();
    String members = "{\"format\":\"kv-jsonfile-index\",\"version\":2,\"id\":\"" + log.id()
        + "\",\"generation\":" + log.generation()
        + ",\"offset\":" + offset
        + ",\"seq\":" + seq
        + ",\"entries\":" + entries
        + ",\"bytes\":" + lineBytes
        + ",\"last\":\"" + hex.toHexDigits(last)
        + "\",\"seed\":\"" + hex.toHexDigits(seed)
        + "\",\"slots\":" + slotsAt
        + ",\"capacity\":" + capacity
        + ",\"body\":\"" + hex.toHexDigits(body)
        + "\",";
    CRC32C crc = new CRC32C();
    crc.update(members.getBytes(StandardCharsets.US_ASCII));
    String line = members + "\"crc\":\"" + hex.toHexDigits((int) crc.getValue()) + "\"}";
    byte[] bytes = new byte[BYTES];
    Arrays.fill(bytes, (byte) ' ');
    System.arraycopy(line.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, line.length());
    bytes[BYTES - 1] = '\n';
    return bytes;
  }

  /** What else must hold, though the checksum is right, before memory is taken for it. */
  private boolean describesATable() {
    return log.generation() >= 1
        && offset > 0
        && seq >= 0
        && lineBytes >= 0
        && slotsAt > BYTES
        && capacity >= SlotTable.MIN_CAPACITY
        && capacity <= Integer.MAX_VALUE / Long.BYTES
        && entries >= 0
        && entries <= capacity * 3L / 4;
  }

  /** The header that was encoded so; empty if it was none of this version, or a byte of it was changed since. */
  static Optional<CheckpointHeader> decode(byte[] bytes) {
    String[] members = new String(bytes, StandardCharsets.ISO_8859_1).split(",", -1);
    if (members.length != MEMBERS) {
      return Optional.empty();
    }
    try {
      CheckpointHeader header = new CheckpointHeader(
          new LogHeader(word(members[2]), Long.parseLong(number(members[3]))),
          Long.parseLong(number(members[4])),
          Long.parseLong(number(members[5])),
          Integer.parseInt(number(members[6])),
          Long.parseLong(number(members[7])),
          Integer.parseUnsignedInt(word(members[8]), 16),
          Long.parseUnsignedLong(word(members[9]), 16),
          Integer.parseInt(number(members[10])),
          Integer.parseInt(number(members[11])),
          Integer.parseUnsignedInt(word(members[12]), 16));
      // So only what has exactly the form is taken, however loosely it was read.
      boolean sound = Arrays.equals(bytes, header.encode()) && header.describesATable();
      return sound ? Optional.of(header) : Optional.empty();
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static String number(String member) {
    return member.substring(member.indexOf(':') + 1);
  }

  private static String word(String member) {
    return member.substring(member.indexOf(':') + 2, member.length() - 1);
  }
}
