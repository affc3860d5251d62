package dev.kvstore.etcd.rpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a message in the wire format of Protocol Buffers, field by field. A field that is not asked for is passed over, so newer
 * versions of etcd may send more than is known here.
 */
final class ProtoReader {

  private final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private long number;
  private int valueStart;

  ProtoReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ProtoReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** Goes to the next field; false at the end of the message. */
  boolean next() {
    if (at == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    switch ((int) tag & 7) {
      case 0 -> number = varint();
      case 1 -> value(Long.BYTES);
      case 2 -> value(varint());
      case 5 -> value(Integer.BYTES);
      default -> throw malformed();
    }
    return true;
  }

  /** The number of the current field. */
  int field() {
    return field;
  }

  /** The integer that the current field holds. */
  long number() {
    return number;
  }

  /** The truth value that the current field holds. */
  boolean flag() {
    return number != 0;
  }

  /** The bytes that the current field holds, in a new array. */
  byte[] bytes() {
    return Arrays.copyOfRange(bytes, valueStart, at);
  }

  /** The text that the current field holds. */
  String text() {
    return new String(bytes, valueStart, at - valueStart, StandardCharsets.UTF_8);
  }

  /** The message that the current field holds. */
  ProtoReader message() {
    return new ProtoReader(bytes, valueStart, at);
  }

  private void value(long length) {
    if (length < 0 || length > end - at) {
      throw malformed();
    }
    valueStart = at;
    at += (int) length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64 && at < end; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed();
  }

  private static RpcException malformed() {
    return new RpcException(
        RpcException.Kind.REFUSED, "the answer is not in etcd's protocol; is this an etcd server?");
  }
}
