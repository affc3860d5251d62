package dev.kvstore.files.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The system calls that the {@link Script} makes on the files of a store, one by one. */
final class SystemCalls {

  /**
   * One of them.
   *
   * @param name of the call
   * @param nth counted from 1, in the thread that makes most of them
   */
  record Call(String name, int nth) {

    private static final String PROPERTY = "kv.call";

    /** The one that the property {@code kv.call} names, to try it alone. */
    static Optional<Call> toTryAgain() {
      return Optional.ofNullable(System.getProperty(PROPERTY)).map(text -> {
        String[] words = text.split(":", -1);
        return new Call(words[0], Integer.parseInt(words[1]));
      });
    }

    /** How to try it alone, for the message of a failure. */
    String again() {
      return "-D" + PROPERTY + "=" + name + ":" + nth;
    }
  }

  /** Everything by which a file is looked at, read or changed. */
  static final String NAMES =
      "openat,newfstatat,statx,fstat,lseek,mmap,read,pread64,write,pwrite64,fsync,"
          + "fdatasync,ftruncate,rename,unlink,mkdir,fcntl";

  private static final Pattern CALL = Pattern.compile("^(\\d+) +(\\w+)\\(");

  private SystemCalls() {}

  /** All that one run makes, in random order, but rare ones not later than frequent ones. */
  static List<Call> ofScript(Engine engine, Path folder, Random random) throws Exception {
    Path trace = folder.resolve("trace");
    Path store = Files.createDirectory(folder.resolve("counted")).resolve("store");
    List<Path> files = files(engine, store);
    try (Child child =
        EngineChild.start(Strace.writing(trace, NAMES, files), engine, "script", store)) {
      assertEquals(Script.LENGTH, child.lines().size());
      assertEquals(0, child.end());
    }
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Integer> most = new HashMap<>();
    for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
      Matcher call = CALL.matcher(line);
      if (call.find()) {
        int count = counts.merge(call.group(), 1, Integer::sum);
        most.merge(call.group(2), count, Math::max);
      }
    }
    Map<Call, Double> places = new HashMap<>();
    most.forEach((name, count) -> {
      List<Integer> numbers = new ArrayList<>();
      for (int nth = 1; nth <= count; nth++) {
        numbers.add(nth);
      }
      Collections.shuffle(numbers, random);
      for (int i = 0; i < count; i++) {
        places.put(new Call(name, numbers.get(i)), i + random.nextDouble());
      }
    });
    List<Call> calls = new ArrayList<>(places.keySet());
    calls.sort(Comparator.comparing(places::get));
    return calls;
  }

  /** The files of a store, and the folder that they lie in. */
  static List<Path> files(Engine engine, Path store) {
    List<Path> files = new ArrayList<>(engine.files(store));
    files.add(store.getParent());
    return files;
  }
}
