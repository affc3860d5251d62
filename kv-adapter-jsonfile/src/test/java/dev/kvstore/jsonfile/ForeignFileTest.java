package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.files.trial.Commands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Files and paths that are no store: refused with the right code, left as they are, and nothing is made beside them. */
@Timeout(60)
class ForeignFileTest {

  @TempDir
  private Path folder;

  private byte[] store;

  @BeforeEach
  void makeAStoreToSpoil() throws IOException {
    Path file = folder.resolve("sound");
    JsonFileStorage.open(file).close();
    store = Files.readAllBytes(file);
    Files.delete(file);
    Files.delete(folder.resolve("sound.lock"));
  }

  @Test
  void filesOfOtherKindsAreRefused() throws IOException {
    String text = new String(store, StandardCharsets.UTF_8);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("png", HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452"));
    files.put("gzip", gzip(store));
    files.put("utf-16", text.getBytes(StandardCharsets.UTF_16));
    files.put("bom", ("\ufeff" + text).getBytes(StandardCharsets.UTF_8));
    files.put("other lines", "{\"a\":1}\n{\"b\":2}\n".getBytes(StandardCharsets.UTF_8));
    files.put("json", "{}".getBytes(StandardCharsets.UTF_8));
    files.put(
        "h2", "H:2,block:5,blockSize:1000,chunk:1,clean:1\n".getBytes(StandardCharsets.UTF_8));
    files.put("feeds", "\n\n\n".getBytes(StandardCharsets.UTF_8));
    files.put("zeros", new byte[10_000]);
    files.put("blank", " ".getBytes(StandardCharsets.UTF_8));
    files.put("endless", "{".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
    for (int version : new int[] {2, 10, 999_999_999}) {
      files.put(
          "version " + version,
          text.replace("\"version\":1", "\"version\":" + version).getBytes(StandardCharsets.UTF_8));
    }
    files.put(
        "far future",
        "{\"format\":\"kv-jsonfile\",\"version\":7,\"what\":\"ever\"}\n\0\1"
            .getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      expectRefused(file.getKey(), file.getValue(), ErrorCode.UNSUPPORTED_FORMAT);
    }
    expectRefused(
        "crlf",
        text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8),
        ErrorCode.STORE_CORRUPT);
    expectRefused(
        "no version",
        text.replace(":1,\"id\"", ":x,\"id\"").getBytes(StandardCharsets.UTF_8),
        ErrorCode.STORE_CORRUPT);
  }

  @Test
  void aNewerVersionIsNamed() throws IOException {
    Path file = Files.writeString(
        folder.resolve("newer"), "{\"format\":\"kv-jsonfile\",\"version\":2,\"more\":true}\n");
    StoreException refused = assertThrows(StoreException.class, () -> JsonFileStorage.open(file));
    assertTrue(
        refused.getMessage().contains("format version 2; this program knows version 1"),
        refused::getMessage);
  }

  @Test
  void aFileThatIsLongerThanAnyStoreIsRefused() throws IOException {
    long length = 1L << 30;
    Path file = Files.write(folder.resolve("long"), store);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(length);
    }
    StorageOptions options = StorageOptions.at(file);
    for (Executable each : List.<Executable>of(
        () -> JsonFileStorage.open(options),
        () -> JsonFileStorage.open(options.asReadOnly()),
        () -> JsonFileMaintenance.of(options).verify(ProgressListener.NONE))) {
      StoreException refused = assertThrows(StoreException.class, each);
      assertEquals(ErrorCode.UNSUPPORTED_FORMAT, refused.code());
      assertTrue(refused.getMessage().contains("has 1073741824 bytes"), refused::getMessage);
    }
    assertEquals(length, Files.size(file));
  }

  @Test
  void thingsThatAreNoFilesAreRefused() throws Exception {
    Path directory = Files.createDirectory(folder.resolve("directory"));
    expectLocationRefused(directory.toString());
    expectLocationRefused("/dev/null");
    expectLocationRefused("/");
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    expectLocationRefused(pipe.toString());
    Path file = Files.write(folder.resolve("file"), store);
    expectLocationRefused(Files.createSymbolicLink(folder.resolve("link"), file).toString());
    expectLocationRefused(
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"))
            .toString());
    assertFalse(Files.exists(folder.resolve("nothing")));
    expectLocationRefused(file.resolve("below").toString());
    expectLocationRefused(file.resolve("far/below").toString());
    Files.createLink(folder.resolve("second name"), file);
    expectLocationRefused(file.toString());
    expectLocationRefused(folder.resolve("second name").toString());
    assertArrayEquals(store, Files.readAllBytes(file));
  }

  @Test
  void impossiblePathsAreRefused() {
    expectLocationRefused("");
    expectLocationRefused("   ");
    expectLocationRefused("x".repeat(5_000));
    expectLocationRefused(folder + "/x".repeat(2_500));
    expectLocationRefused(folder.resolve("x".repeat(201)).toString());
    for (String control : new String[] {"\n", "\0", "\u001b[31m", "\u009b", "\t"}) {
      expectLocationRefused(folder + "/a" + control + "b");
    }
  }

  @Test
  void somethingInTheWayOfTheLockFileIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("s"), store);
    Path lock = Files.createDirectory(folder.resolve("s.lock"));
    assertEquals(ErrorCode.INVALID_LOCATION, codeOf(file.toString()));
    Files.delete(lock);
    Files.createSymbolicLink(lock, folder.resolve("elsewhere"));
    assertEquals(ErrorCode.INVALID_LOCATION, codeOf(file.toString()));
    assertFalse(Files.exists(folder.resolve("elsewhere")));
    assertArrayEquals(store, Files.readAllBytes(file));
  }

  @Test
  void aStoreThatMustExistIsNotMade() {
    StorageOptions options =
        StorageOptions.at(StoragePath.of(folder.resolve("a/b"))).mustExist();
    StoreException missing =
        assertThrows(StoreException.class, () -> JsonFileStorage.open(options));
    assertEquals(ErrorCode.STORE_MISSING, missing.code());
    assertFalse(Files.exists(folder.resolve("a")));
  }

  @Test
  void missingFoldersAreMadeForTheOwnerAlone() throws IOException {
    JsonFileStorage.open(folder.resolve("a/b/s")).close();
    for (String made : new String[] {"a", "a/b"}) {
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(made))));
    }
  }

  @Test
  void whatMayNotBeWrittenIsRefused() throws IOException {
    Commands.require(!"root".equals(System.getProperty("user.name")), "root may do all");
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Path file = Files.write(locked.resolve("s"), store);
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));
    assertEquals(ErrorCode.STORAGE_FAILED, codeOf(file.toString()));
    assertEquals(ErrorCode.STORAGE_FAILED, codeOf(locked.resolve("new").toString()));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assertEquals(ErrorCode.STORAGE_FAILED, codeOf(file.toString()));
    assertArrayEquals(store, Files.readAllBytes(file));
  }

  private void expectRefused(String name, byte[] bytes, ErrorCode code) throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    Set<String> before = tree();
    assertEquals(code, codeOf(file.toString()), name);
    assertArrayEquals(bytes, Files.readAllBytes(file), name);
    assertEquals(before, tree(), name);
    Files.delete(file);
  }

  private void expectLocationRefused(String path) {
    Set<String> before = tree();
    assertEquals(ErrorCode.INVALID_LOCATION, codeOf(path), path);
    assertEquals(before, tree(), path);
  }

  /** The code with which a path is refused; its message shows no control character. */
  private static ErrorCode codeOf(String path) {
    StoreException refused = assertThrows(
        StoreException.class,
        () -> JsonFileStorage.open(StorageOptions.at(StoragePath.parse(path))).close(),
        path);
    assertFalse(
        refused.getMessage().codePoints().anyMatch(Character::isISOControl), refused.getMessage());
    return refused.code();
  }

  private Set<String> tree() {
    try (Stream<Path> files = Files.walk(folder)) {
      Set<String> names = new TreeSet<>();
      files.forEach(file -> names.add(file.toString()));
      return names;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
