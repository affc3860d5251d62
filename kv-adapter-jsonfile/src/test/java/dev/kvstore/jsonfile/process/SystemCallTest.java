package dev.kvstore.jsonfile.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.files.trial.Child;
import dev.kvstore.files.trial.Strace;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the system sees: the modes of files, and what is forced to the disk when. */
class SystemCallTest {

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"000", "022", "077"})
  void allFilesAreForTheOwnerAloneWhateverTheMask(String mask) throws Exception {
    Path file = folder.resolve("new/s.jsonl");
    List<String> shell = List.of("sh", "-c", "umask " + mask + "; exec \"$@\"", "sh");
    try (Child child = StoreChild.start(shell, "write", file.toString())) {
      assertEquals("compacted", child.lines().get(8));
      assertEquals(0, child.end());
    }
    Files.writeString(file, Files.readString(file) + "torn");
    try (Child child = StoreChild.start(shell, "write", file.toString())) {
      child.lines();
      assertEquals(0, child.end());
    }
    Map<String, String> modes = modes(file.getParent());
    assertEquals(
        Set.of("s.jsonl", "s.jsonl.lock", "s.jsonl.torn-11"), modes.keySet(), modes::toString);
    assertEquals(Set.of("rw-------"), new TreeSet<>(modes.values()), modes::toString);
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
  }

  @Test
  void everyCommitIsForcedOnceBeforeItIsAcknowledgedAndReadsForceNothing() throws Exception {
    List<String> calls = trace("new/s.jsonl");
    String file = folder.resolve("new/s.jsonl").toString();
    List<Integer> forces = new ArrayList<>();
    List<Integer> folderForces = new ArrayList<>();
    Map<String, Integer> told = new TreeMap<>();
    Set<String> forcing = new TreeSet<>();
    int rename = -1;
    for (int i = 0; i < calls.size(); i++) {
      String call = calls.get(i);
      if (call.matches(".*f(data)?sync\\(.*<" + file + "(\\.compact)?>.*")) {
        forces.add(i);
      } else if (call.contains("openat(")) {
        String descriptor = call.replaceAll(".* = (\\d+<.*>).*", "$1");
        forcing.remove(descriptor);
        if (call.contains("O_DSYNC")) {
          forcing.add(descriptor);
        }
      } else if (forcing.stream().anyMatch(descriptor -> call.contains("write(" + descriptor))) {
        forces.add(i);
      } else if (call.matches(".*f(data)?sync\\(.*<" + folder + "(/new)?>.*")) {
        folderForces.add(i);
      } else if (call.contains("rename(") || call.contains("renameat")) {
        rename = i;
      } else if (call.contains("write(1<")) {
        told.put(call.replaceAll(".*write\\(1.*, \"(.*?)(\\\\n)?\".*", "$1"), i);
      }
    }
    assertEquals(9, told.size(), told::toString);
    String before = "open";
    for (String now : List.of(
        "acknowledged 0",
        "acknowledged 1",
        "acknowledged 2",
        "acknowledged 3",
        "acknowledged 4",
        "acknowledged session")) {
      assertEquals(1, between(forces, told.get(before), told.get(now)), now);
      assertEquals(0, between(folderForces, told.get(before), told.get(now)), now);
      before = now;
    }
    assertEquals(0, between(forces, told.get(before), told.get("read")), "reads");
    assertEquals(1, between(forces, told.get("read"), rename), "before the rename");
    assertEquals(1, between(folderForces, rename, told.get("compacted")), "after the rename");
    assertTrue(
        calls.stream().anyMatch(call -> call.matches(".*sync\\(.*<" + folder + ">.*")),
        "the new folder's own name was not forced");
  }

  @Test
  void aStoreThatWasClosedCleanlyIsOpenedAndClosedWithoutAWrite() throws Exception {
    Path file = folder.resolve("s.jsonl");
    try (Child child = StoreChild.start("write", file)) {
      child.lines();
      assertEquals(0, child.end());
    }
    byte[] before = Files.readAllBytes(file);
    JsonFileStorage.open(file).close();
    assertArrayEquals(before, Files.readAllBytes(file));
    assertEquals(Set.of("s.jsonl", "s.jsonl.lock"), modes(folder).keySet());
  }

  /** The system calls of a child that writes, threads joined, unfinished calls where they end. */
  private List<String> trace(String name) throws Exception {
    Path trace = folder.resolve("trace");
    List<String> strace =
        Strace.writing(trace, "openat,fsync,fdatasync,rename,renameat,renameat2,write");
    try (Child child = StoreChild.start(strace, "write", folder.resolve(name).toString())) {
      child.lines();
      assertEquals(0, child.end());
    }
    Map<String, String> unfinished = new TreeMap<>();
    List<String> calls = new ArrayList<>();
    for (String call : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
      String thread = call.split(" ", 2)[0];
      if (call.endsWith("<unfinished ...>")) {
        unfinished.put(thread, call.replace("<unfinished ...>", ""));
      } else if (call.contains(" resumed>")) {
        calls.add(unfinished.remove(thread) + call.replaceAll(".* resumed>", ""));
      } else {
        calls.add(call);
      }
    }
    return calls;
  }

  private static long between(List<Integer> places, int from, int to) {
    return places.stream().filter(place -> place > from && place < to).count();
  }

  private static Map<String, String> modes(Path folder) throws IOException {
    Map<String, String> modes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        modes.put(
            file.getFileName().toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    return modes;
  }
}
