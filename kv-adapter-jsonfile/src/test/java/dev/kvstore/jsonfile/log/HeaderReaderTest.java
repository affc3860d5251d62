package dev.kvstore.jsonfile.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.file.Segment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderReaderTest {

  private static final LogHeader HEADER = new LogHeader("0123456789abcdef", 2);

  @Test
  void everyHeaderIsReadAgain() {
    for (long generation : new long[] {1, 2, 99, LogFormat.MAX_NUMBER}) {
      LogHeader header = new LogHeader("fedcba9876543210", generation);
      byte[] line = header.line();
      assertEquals(header, HeaderReader.read(line, "f"));
      assertEquals(header, HeaderReader.read(Arrays.copyOf(line, line.length + 50), "f"));
      assertEquals(
          Optional.empty(), HeaderReader.find(Arrays.copyOf(line, line.length - 1)), "cut");
    }
  }

  /** With the checksum that goes with it. */
  @Test
  void anIdOrGenerationThatNoStoreHasIsNone() {
    for (LogHeader header : new LogHeader[] {
      new LogHeader("0123456789abcdeg", 2),
      new LogHeader("0123456789abcdeF", 2),
      new LogHeader("0123456789abcde/", 2),
      new LogHeader("0123456789abcde:", 2),
      new LogHeader("0123456789abcde`", 2),
      new LogHeader("0123456789abcde", 2),
      new LogHeader("0123456789abcdef0", 2),
      new LogHeader("0123456789abcdef", 0),
      new LogHeader("0123456789abcdef", -1),
      new LogHeader("0123456789abcdef", LogFormat.MAX_NUMBER + 1)
    }) {
      assertEquals(Optional.empty(), HeaderReader.find(header.line()), header::toString);
      assertEquals(ErrorCode.STORE_CORRUPT, refused(header.line()).code());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "10", "19", "20", "99", "100"})
  void anotherVersionIsNamed(String version) {
    CorruptStoreException refusal = refused(withVersion(version));
    assertEquals(ErrorCode.UNSUPPORTED_FORMAT, refusal.code());
    assertTrue(refusal.getMessage().contains("version " + version + ";"), refusal::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "01", "x", "-1", "1x", "99999999999999999999"})
  void whatIsNoVersionIsDamage(String version) {
    assertEquals(ErrorCode.STORE_CORRUPT, refused(withVersion(version)).code());
  }

  @Test
  void aByteThatWasChangedIsMended() {
    byte[] line = HEADER.line();
    for (int i = 0; i < line.length; i++) {
      byte[] damaged = line.clone();
      damaged[i] ^= 0x15;
      assertEquals(Optional.of(HEADER), HeaderMender.mend(damaged), "byte " + i);
      damaged[(i + 7) % line.length] ^= 0x15;
      assertEquals(Optional.empty(), HeaderMender.mend(damaged), "two bytes from " + i);
    }
  }

  @Test
  void aFileLongerThanAnyStoreIsNone() throws Exception {
    HeaderReader.requireLength(ofSize(LogFormat.MAX_FILE_BYTES), "f");
    CorruptStoreException refusal = assertThrows(
        CorruptStoreException.class,
        () -> HeaderReader.requireLength(ofSize(LogFormat.MAX_FILE_BYTES + 1L), "f"));
    assertEquals(ErrorCode.UNSUPPORTED_FORMAT, refusal.code());
  }

  private static CorruptStoreException refused(byte[] start) {
    return assertThrows(CorruptStoreException.class, () -> HeaderReader.read(start, "f"));
  }

  private static byte[] withVersion(String version) {
    String text = new String(HEADER.line(), StandardCharsets.US_ASCII);
    String changed = text.replace("\"version\":1,", "\"version\":" + version + ",");
    return changed.getBytes(StandardCharsets.US_ASCII);
  }

  private static ReadableFile ofSize(long size) {
    return new ReadableFile() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void read(long offset, byte[] target) {
        throw new AssertionError();
      }

      @Override
      public Segment segment(long offset, int length) {
        throw new AssertionError();
      }

      @Override
      public void close() {}
    };
  }
}
