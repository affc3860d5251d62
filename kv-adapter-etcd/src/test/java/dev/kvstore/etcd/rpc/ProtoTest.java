package dev.kvstore.etcd.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The wire format of Protocol Buffers. */
class ProtoTest {

  @Test
  void writesWhatTheDocumentationOfTheFormatShows() {
    assertArrayEquals(bytes("089601"), new ProtoWriter().number(1, 150).toBytes());
    assertArrayEquals(
        bytes("120774657374696e67"), new ProtoWriter().text(2, "testing").toBytes());
    ProtoWriter nested = new ProtoWriter().number(1, 150);
    assertArrayEquals(bytes("1a03089601"), new ProtoWriter().message(3, nested).toBytes());
    assertArrayEquals(
        bytes("08feffffffffffffffff01"), new ProtoWriter().number(1, -2).toBytes());
  }

  @Test
  void readsBackEveryNumber() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      int field = 1 + random.nextInt(100_000);
      ProtoReader reader =
          new ProtoReader(new ProtoWriter().number(field, number).toBytes());
      assertTrue(reader.next());
      assertEquals(field, reader.field());
      assertEquals(number, reader.number());
      assertFalse(reader.next());
    }
  }

  @Test
  void passesOverWhatIsNotAskedFor() {
    // A field of each kind, then one that is.
    byte[] message =
        bytes("089601" + "11" + "0102030405060708" + "1a020a0b" + "2501020304" + "3001");
    ProtoReader reader = new ProtoReader(message);
    for (int field = 1; field <= 4; field++) {
      assertTrue(reader.next());
      assertEquals(field, reader.field());
    }
    assertTrue(reader.next());
    assertEquals(6, reader.field());
    assertTrue(reader.flag());
  }

  @Test
  void whatIsCutOffOrRandomIsRefusedAndNotHungOn() {
    byte[] whole = new ProtoWriter().text(15, "testing").number(14, 1L << 60).toBytes();
    int refused = 0;
    for (int length = 0; length < whole.length; length++) {
      refused += readAll(Arrays.copyOf(whole, length)) ? 0 : 1;
    }
    // All but the ends of the fields.
    assertEquals(whole.length - 2, refused);
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      readAll(noise);
    }
    assertThrows(RpcException.class, () -> new ProtoReader(bytes("0affffffff7f")).next());
  }

  private static boolean readAll(byte[] message) {
    try {
      RangeAnswer.read(new ProtoReader(message));
      TxnAnswer.read(new ProtoReader(message));
      return true;
    } catch (RpcException e) {
      return false;
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
