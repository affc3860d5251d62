package dev.kvstore.jsonfile.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.log.LineView.Found;
import dev.kvstore.jsonfile.log.LogLine.Put;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A target for Jazzer: a line up to its checksum, which is added. Whatever is taken is what the encoder writes, and the decoder
 * and the view of a line agree.
 */
public final class LineFuzz {

  private static final LogHeader HEADER = new LogHeader("0123456789abcdef", 2);
  private static final LineEncoder ENCODER = new LineEncoder(HEADER);
  private static final LineDecoder DECODER = new LineDecoder(HEADER);
  private static final LineView VIEW = new LineView(HEADER);
  private static final Key OTHER_KEY = Key.of("\"another\\key");

  private LineFuzz() {}

  /** Called by Jazzer with each input, which counts up to its first line feed. */
  public static void fuzzerTestOneInput(byte[] input) {
    int length = 0;
    while (length < input.length && input[length] != '\n') {
      length++;
    }
    LineBuffer buffer = new LineBuffer();
    buffer.raw(Arrays.copyOf(input, length));
    check(buffer.toArray());
    HEADER.checksum().seal(buffer, 0);
    check(Arrays.copyOf(buffer.bytes(), buffer.length() - 1));
  }

  private static void check(byte[] text) {
    byte[] line = Arrays.copyOf(text, text.length + 1);
    line[text.length] = '\n';
    Optional<LogLine> decoded = DECODER.decode(text);
    Optional<LogLine> sound = DECODER.decodeAndCheckValue(text);
    assertTrue(sound.isEmpty() || sound.equals(decoded));
    decoded.ifPresent(taken -> assertArrayEquals(line, ENCODER.encode(taken)));
    Optional<Put> put = decoded
        .filter(taken -> line.length <= LogFormat.MAX_LINE_BYTES)
        .filter(taken -> taken.step() instanceof Put)
        .map(taken -> (Put) taken.step());
    if (put.isEmpty()) {
      assertEquals(Found.NO_ENTRY, look(line, OTHER_KEY));
      return;
    }
    assertEquals(Found.THIS_KEY, look(line, put.get().key()));
    assertArrayEquals(put.get().value().utf8(), VIEW.value());
    assertEquals(put.get().expiresAtMillis(), VIEW.expiresAtMillis());
    assertEquals(decoded.get().place().seq(), VIEW.seq());
    assertEquals(line.length, VIEW.length());
    boolean other = !put.get().key().equals(OTHER_KEY);
    assertEquals(other ? Found.ANOTHER_KEY : Found.THIS_KEY, look(line, OTHER_KEY));
    byte[] key = new byte[Key.MAX_UTF8_BYTES];
    int length = LineView.key(ByteBuffer.wrap(line), 0, line.length, key);
    assertArrayEquals(put.get().key().utf8(), Arrays.copyOf(key, length));
  }

  private static Found look(byte[] line, Key key) {
    return VIEW.look(ByteBuffer.wrap(line), 0, 1, line.length, key.utf8());
  }
}
