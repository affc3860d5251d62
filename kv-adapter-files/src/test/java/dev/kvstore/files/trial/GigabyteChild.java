package dev.kvstore.files.trial;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The process of {@link GigabyteContract}; it tells of each thing that it has done. */
public final class GigabyteChild {

  private static final int SESSION = 500;
  private static final int PAGE = 1_000;
  private static final int READS = 10_000;

  private final StorageOptions options;
  private final Path data;

  private GigabyteChild(StorageOptions options, Path data) {
    this.options = options;
    this.data = data;
  }

  /** Arguments: the engine's class and the store. */
  public static void main(String[] arguments) throws Exception {
    Engine engine = Engine.of(arguments[0]);
    Path path = Path.of(arguments[1]);
    new GigabyteChild(Standard.options(path).withDurability(Durability.NONE), engine.dataFile(path))
        .run(engine);
  }

  private void run(Engine engine) throws IOException {
    int count;
    try (StoragePort store = engine.open(options)) {
      count = fill(store, 0);
      say("full: " + count + " entries, " + Files.size(data) + " bytes");
      say("listed: " + list(store, count));
      read(store, count);
      say("read: " + READS);
      // Enough to be worth a rewriting.
      int deleted = count / 10 / SESSION * SESSION;
      for (int i = 0; i < deleted; i += SESSION) {
        List<Mutation> session = new ArrayList<>();
        for (int j = i; j < i + SESSION; j++) {
          session.add(Mutation.delete(key(j)));
        }
        store.commit(session, Standard.NOW);
        requireCap();
      }
      say("deleted: " + deleted);
      int more = fill(store, count) - count;
      require(more > count / 20, more + " entries fit again");
      say("refilled: " + more);
    }
    try (StoragePort store = engine.open(options)) {
      say("opened again: " + store.status(Standard.NOW).liveEntries());
    }
    requireCap();
  }

  /** Creates entries from a number on until there is no room; the first number that was not created. */
  private int fill(StoragePort store, int from) throws IOException {
    for (int i = from; ; i += SESSION) {
      List<Mutation> session = new ArrayList<>();
      for (int j = i; j < i + SESSION; j++) {
        session.add(Mutation.create(key(j), value(j), Entry.NEVER));
      }
      try {
        store.commit(session, Standard.NOW);
      } catch (StoreException e) {
        require(e.code() == ErrorCode.STORE_FULL, e.getMessage());
        return i;
      }
      requireCap();
    }
  }

  private static int list(StoragePort store, int count) {
    KeyRange rest = KeyRange.of(KeyPrefix.all());
    int listed = 0;
    Page<Key> page;
    do {
      page = store.scanKeys(rest, PAGE, Standard.NOW);
      for (Key key : page.items()) {
        require(key.equals(key(listed)), key + " is number " + listed);
        listed++;
      }
      rest = rest.startingAfter(key(listed - 1));
    } while (page.hasMore());
    require(listed == count, listed + " keys were listed");
    return listed;
  }

  private static void read(StoragePort store, int count) {
    Random random = new Random(1);
    for (int i = 0; i < READS; i++) {
      int number = random.nextInt(count);
      JsonValue found = store.find(key(number), Standard.NOW).orElseThrow().value();
      require(found.equals(value(number)), "another value");
    }
  }

  private void requireCap() throws IOException {
    require(Files.size(data) <= StorageOptions.MAX_BYTES, "the cap was passed");
  }

  private static Key key(int i) {
    return Key.of(String.format("entry%08d", i));
  }

  private static JsonValue value(int i) {
    return JsonValue.parse("{\"n\":" + i + ",\"p\":\"" + "g".repeat(850) + "\"}");
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
