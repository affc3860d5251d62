package dev.kvstore.app.cli.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.model.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReaderTest {

  private static final String LARGEST = "\"" + "x".repeat(JsonValue.MAX_BYTES - 2) + "\"";

  private static JsonValue read(InputStream in) {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    Console console =
        Console.of(new Surroundings(Map.of(), "Linux", () -> Instant.EPOCH, in, sink, sink, ""));
    return ValueReader.read(Input.standard(console, "the value"));
  }

  private static JsonValue read(String text) {
    return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static InvalidInputException refused(InputStream in) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> read(in));
    assertEquals(ErrorCode.INVALID_VALUE, e.code());
    return e;
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", " { \"a b\" : \" \\\" \\\\\" }\n", "5", "[1 , 2]"})
  void givesWhatParsingGives(String text) {
    assertEquals(JsonValue.parse(text), read(text));
  }

  @Test
  void takesTheLargestValueAndAllTheWhiteSpaceThatFits() {
    assertEquals(JsonValue.MAX_BYTES, read(LARGEST).sizeInBytes());
    String padded = LARGEST + " ".repeat(ValueReader.MAX_RAW_BYTES - LARGEST.length());
    assertEquals(JsonValue.MAX_BYTES, read(padded).sizeInBytes());
  }

  @Test
  void whiteSpaceBeyondTheRawLimitIsRefusedWithTheFigures() {
    byte[] padded = new byte[ValueReader.MAX_RAW_BYTES + 1];
    Arrays.fill(padded, (byte) ' ');
    padded[0] = '{';
    padded[1] = '}';
    InvalidInputException e = refused(new ByteArrayInputStream(padded));
    assertEquals((long) ValueReader.MAX_RAW_BYTES, e.details().get("limit"));
    assertEquals((long) ValueReader.MAX_RAW_BYTES + 1, e.details().get("actual"));
  }

  @Test
  void oneByteTooManyIsRefusedWithTheFigures() {
    InvalidInputException e = refused(
        new ByteArrayInputStream(("[" + LARGEST + "]").getBytes(StandardCharsets.US_ASCII)));
    assertEquals((long) JsonValue.MAX_BYTES, e.details().get("limit"));
    assertTrue(e.getMessage().contains("16386 bytes"), e.getMessage());
  }

  /** Gives 100 bytes a read, and fails the test when it is read after too much has come. */
  private static final class Drip extends InputStream {
    private int given;

    @Override
    public int read() {
      throw new AssertionError("reads single bytes");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (given > JsonValue.MAX_BYTES) {
        throw new AssertionError("would wait for more after " + given + " bytes");
      }
      int count = Math.min(length, 100);
      Arrays.fill(buffer, offset, offset + count, (byte) 'x');
      given += count;
      return count;
    }
  }

  @Test
  void stopsAsSoonAsTooMuchHasCome() {
    refused(new Drip());
  }

  @Test
  void whiteSpaceInStringsCounts() {
    refused(new ByteArrayInputStream(
        ("\"\\\"" + " ".repeat(JsonValue.MAX_BYTES) + "\"").getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void invalidUtf8IsNoValue() {
    InvalidInputException e = refused(new ByteArrayInputStream(new byte[] {'"', (byte) 0xc3, '"'}));
    assertTrue(e.getMessage().contains("UTF-8"), e.getMessage());
  }

  @Test
  void aStreamThatFailsIsStorageFailed() {
    InputStream broken = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("Is a directory");
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        throw new IOException("Is a directory");
      }
    };
    StorageFailedException e = assertThrows(StorageFailedException.class, () -> read(broken));
    assertTrue(e.getMessage().contains("standard input: Is a directory"), e.getMessage());
  }
}
