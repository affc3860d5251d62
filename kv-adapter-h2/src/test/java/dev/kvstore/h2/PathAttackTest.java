package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.options;
import static dev.kvstore.h2.Fixture.read;
import static dev.kvstore.h2.Fixture.store;
import static dev.kvstore.h2.Fixture.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.files.StoragePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Paths that would be settings, code, or other file systems to H2, opened by the engine's own way in: each means exactly the file
 * that it names, or is refused; nothing runs, and nothing else is made.
 */
class PathAttackTest {

  /** What would show that a path had run something, or set something. */
  private static final String RAN = "kv.h2.ran";

  /** A script in the folder that the paths lie in would leave its mark in this property, too. */
  private static final String SCRIPT =
      "CREATE ALIAS RUN FOR 'java.lang.System.setProperty(java.lang.String,java.lang.String)';"
          + " CALL RUN('" + RAN + "', 'script');";

  @SuppressWarnings("unused")
  private static final List<String> ATTACKS = List.of(
      "x;INIT=RUNSCRIPT FROM 'FOLDER/evil.sql'",
      "x;INIT=CREATE ALIAS IF NOT EXISTS P AS 'void p() { System.setProperty(\"kv.h2.ran\", \"1\"); }'\\;CALL P()",
      "x;init=runscript from 'FOLDER/evil.sql'",
      "x;TRACE_LEVEL_FILE=4",
      "x;TRACE_LEVEL_SYSTEM_OUT=3",
      "x;CIPHER=AES",
      "x;FILE_LOCK=NO",
      "x;FILE_LOCK=SOCKET",
      "x;AUTO_SERVER=TRUE",
      "x;IFEXISTS=FALSE",
      "x;DB_CLOSE_DELAY=-1",
      "x;DATABASE_EVENT_LISTENER='java.lang.Object'",
      "x;ACCESS_MODE_DATA=r",
      "x;PASSWORD_HASH=TRUE",
      "x;USER=SA;PASSWORD=",
      "x;MODE=Oracle;WRITE_DELAY=10000",
      ";INIT=CALL 1",
      "sub;INIT=CALL 1/x",
      "nioMemFS:x",
      "nioMemLZ:x",
      "memFS:x",
      "memLZ:x",
      "mem:x",
      "jdbc:h2:mem:x",
      "jdbc:h2:file:x;INIT=CALL 1",
      "file:x",
      "file:FOLDER/x",
      "FOLDER/x",
      "tcp://localhost:9092/x",
      "ssl://localhost/x",
      "http://localhost/x",
      "async:x",
      "nio:x",
      "nioMapped:x",
      "retry:x",
      "rec:x",
      "cache:x",
      "split:x",
      "split:20:x",
      "zip:a.zip!/x",
      "zip:FOLDER/a.zip!/x",
      "encrypt:x",
      "classpath:x",
      "kvstore:/0",
      "kvstore:x",
      "NIOMEMFS:x",
      "~",
      "~/x",
      "~root/x",
      "../x",
      "sub/../../x",
      "sub/.././x/../y",
      "//x",
      "x\u0000.mv.db",
      "x\nINIT=CALL 1",
      "x\r\n",
      "x\u001b[2J",
      "x\u007f",
      "a\\..\\b",
      "\\\\host\\share",
      "C:x",
      "${user.home}",
      "${java:runtime}",
      "${jndi:ldap://localhost/x}",
      "$(touch FOLDER/touched)",
      "`touch FOLDER/touched`",
      "|touch touched",
      "%2e%2e%2fx",
      "x?INIT=CALL 1",
      "x&INIT=CALL 1",
      "x#fragment",
      "x'--",
      "x\"",
      "x.mv.db;INIT=CALL 1",
      "x.mv.db.lock",
      "x.mv.db.rewrite",
      "x.trace.db",
      ".mv.db",
      "-",
      "--help",
      " ",
      "",
      ".",
      "..",
      "\u202ex",
      "x\u0085y",
      "\ud83d\ude00");

  @TempDir
  private Path folder;

  @BeforeEach
  void layOutBait() throws IOException {
    System.clearProperty(RAN);
    Files.createDirectories(work());
    Files.writeString(work().resolve("evil.sql"), SCRIPT);
  }

  private Path work() {
    return folder.resolve("above/work");
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return new TreeSet<>(files.map(Path::toString).toList());
    }
  }

  @ParameterizedTest
  @FieldSource("ATTACKS")
  void meansTheFileThatItNamesOrIsRefused(String attack) throws IOException {
    String text = attack.replace("FOLDER", work().toString());
    text = work() + "/" + text;
    Set<String> before = files();
    List<String> made = new ArrayList<>();
    try {
      StoragePath path = StoragePath.parse(text);
      Path named = path.file();
      try (H2Storage storage = H2Storage.open(options(named))) {
        store(storage, "a", value(1));
        Path data = Path.of(storage.status(Fixture.NOW).location());
        String suffix = named.toString().endsWith(".mv.db") ? "" : ".mv.db";
        assertEquals(named + suffix, data.toString(), "the file that is meant");
        assertTrue(data.startsWith(folder), () -> data + " lies outside");
        made.addAll(List.of(data.toString(), data + ".lock"));
        for (Path above = data.getParent(); !above.equals(folder); above = above.getParent()) {
          made.add(above.toString());
        }
      }
      try (H2Storage storage = H2Storage.open(options(named).mustExist())) {
        assertEquals("{\"number\":1}", read(storage, "a"));
      }
    } catch (StoreException e) {
      assertEquals(ErrorCode.INVALID_LOCATION, e.code(), e::getMessage);
      assertTrue(
          e.getMessage().chars().noneMatch(Character::isISOControl), "a raw control character");
    }
    Set<String> expected = new TreeSet<>(before);
    expected.addAll(made);
    assertEquals(expected, files());
    assertEquals(null, System.getProperty(RAN), "something ran");
  }

  /** Were H2 given the path as a part of its URL, the bait would bite: so the test above can fail. */
  @Test
  void theBaitBites() throws Exception {
    String url = "jdbc:h2:mem:bait;INIT=RUNSCRIPT FROM '" + work().resolve("evil.sql") + "'";
    new org.h2.Driver().connect(url, new java.util.Properties()).close();
    assertNotEquals(null, System.getProperty(RAN));
    System.clearProperty(RAN);
  }
}
