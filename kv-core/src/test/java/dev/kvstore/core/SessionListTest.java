package dev.kvstore.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.TimeToLive;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lists of a session against a plain map: whatever is staged, and wherever the pages of the master end. */
class SessionListTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final String[] LETTERS = {"a", "b", "\uffff", "\ud83d\ude00"};

  private final StoragePort port = mock(StoragePort.class);
  private final NavigableMap<Key, Entry> master = new TreeMap<>();
  private boolean exactEnd = true;

  @BeforeEach
  void thePortAnswersFromTheMap() {
    when(port.sessionLimits()).thenReturn(SessionLimits.FILE_ENGINE);
    when(port.find(any(), anyLong()))
        .thenAnswer(call -> Optional.ofNullable(master.get(call.<Key>getArgument(0))));
    when(port.scan(any(), anyInt(), anyLong()))
        .thenAnswer(call -> page(master, call.getArgument(0), call.getArgument(1), exactEnd));
    when(port.scanKeys(any(), anyInt(), anyLong())).thenAnswer(call -> {
      Page<Entry> page = page(master, call.getArgument(0), call.getArgument(1), exactEnd);
      return new Page<>(page.items().stream().map(Entry::key).toList(), page.hasMore());
    });
  }

  @RepeatedTest(20)
  void showTheMasterWithWhatIsStagedOverIt(RepetitionInfo repetition) {
    checkAgainstAMap(repetition.getCurrentRepetition(), 100);
  }

  @Tag("slow")
  @RepeatedTest(20)
  void showTheMasterWithWhatIsStagedOverItManyTimes(RepetitionInfo repetition) {
    checkAgainstAMap(1_000 + repetition.getCurrentRepetition(), 5_000);
  }

  @Test
  void createsBeforeBetweenAndAfterThePagesOfTheMaster() {
    hold("b", "d", "f");
    try (Session session = session()) {
      for (String key : List.of("a", "c", "e", "g")) {
        session.create(key, "{}");
      }
      assertEquals(List.of("a", "b|", "c", "d|", "e", "f|", "g"), walk(session, 2));
      assertEquals(List.of("a", "b", "c|", "d", "e", "f|", "g"), walk(session, 3));
      assertEquals(List.of("a", "b", "c", "d", "e", "f", "g"), walk(session, 7));
    }
  }

  @Test
  void deletesAtTheBordersOfPages() {
    hold("a", "b", "c", "d", "e", "f");
    try (Session session = session()) {
      session.delete("a");
      session.delete("c");
      session.delete("d");
      session.delete("f");
      assertEquals(List.of("b|", "e"), walk(session, 1));
      assertEquals(List.of("b", "e"), walk(session, 2));
      session.delete("b");
      session.delete("e");
      assertEquals(List.of(), walk(session, 1));
    }
  }

  @Test
  void anEmptyMasterShowsWhatIsStaged() {
    try (Session session = session()) {
      assertEquals(List.of(), walk(session, 1));
      session.create("b", "{}");
      session.create("a", "{}");
      assertEquals(List.of("a|", "b"), walk(session, 1));
    }
  }

  private void checkAgainstAMap(long seed, int rounds) {
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      String where = "seed " + seed + ", round " + round;
      exactEnd = random.nextBoolean();
      master.clear();
      for (int i = random.nextInt(12); i > 0; i--) {
        hold(key(random));
      }
      try (Session session = session()) {
        NavigableMap<Key, Entry> model = new TreeMap<>(master);
        for (int i = random.nextInt(12); i > 0; i--) {
          stage(session, model, random);
        }
        for (int i = 0; i < 5; i++) {
          Key after = random.nextBoolean() ? Key.of(key(random)) : null;
          KeyPrefix prefix = KeyPrefix.of(
              random.nextBoolean() ? "" : key(random).substring(0, 1).replace("\ud83d", ""));
          KeyRange range = new KeyRange(prefix, after);
          int limit = 1 + random.nextInt(6);
          Page<Entry> expected = page(model, range, limit, true);
          assertEquals(expected, session.list(range, limit), where);
          Page<Key> keys =
              new Page<>(expected.items().stream().map(Entry::key).toList(), expected.hasMore());
          assertEquals(keys, session.listKeys(range, limit), where);
        }
      }
    }
  }

  private static void stage(Session session, NavigableMap<Key, Entry> model, Random random) {
    Key key = Key.of(key(random));
    JsonValue value = JsonValue.parse("{\"staged\":" + random.nextInt(100) + "}");
    TimeToLive timeToLive =
        random.nextBoolean() ? TimeToLive.unlimited() : TimeToLive.ofSeconds(1 + random.nextInt(9));
    if (random.nextBoolean()) {
      session.put(key, value, timeToLive);
      model.put(key, new Entry(key, value, timeToLive.expiryFrom(NOW), 0));
    } else if (model.containsKey(key)) {
      session.delete(key);
      model.remove(key);
    }
  }

  private static String key(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  private void hold(String... keys) {
    for (String text : keys) {
      Key key = Key.of(text);
      master.put(key, new Entry(key, JsonValue.parse("{\"master\":1}"), Entry.NEVER, 7));
    }
  }

  private Session session() {
    return new KeyValueStore(port, InstantSource.fixed(Instant.ofEpochMilli(NOW))).session();
  }

  /** A page of a map; one that is full says that more may follow, unless an exact end is asked for. */
  private static Page<Entry> page(
      NavigableMap<Key, Entry> entries, KeyRange range, int limit, boolean exactEnd) {
    List<Entry> inRange =
        entries.values().stream().filter(entry -> range.contains(entry.key())).toList();
    List<Entry> items = inRange.subList(0, Math.min(limit, inRange.size()));
    return new Page<>(items, exactEnd ? inRange.size() > limit : items.size() == limit);
  }

  /** All keys by pages of {@code limit}; a bar marks the end of a page after which more was promised. */
  private static List<String> walk(Session session, int limit) {
    List<String> walked = new ArrayList<>();
    KeyRange range = KeyRange.of(KeyPrefix.all());
    while (true) {
      Page<Key> page = session.listKeys(range, limit);
      page.items().forEach(key -> walked.add(key.text()));
      if (!page.hasMore()) {
        return walked;
      }
      int last = walked.size() - 1;
      assertTrue(last < 100, () -> "the walk does not end: " + walked);
      range = range.startingAfter(Key.of(walked.get(last)));
      walked.set(last, walked.get(last) + "|");
    }
  }
}
