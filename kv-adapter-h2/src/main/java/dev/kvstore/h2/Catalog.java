package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.tx.VersionedValueType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.h2.value.VersionedValue;

/**
 * What a database would carry out when it is opened. H2 keeps definitions as SQL statements and runs all of them at each opening,
 * so that a trigger, an alias, a linked table or a default value of a foreign file runs code. This looks at them below SQL, where
 * nothing is run, and lets only the definitions of a store pass.
 */
final class Catalog {

  private static final String TYPES = "_";
  private static final String DEFINITIONS = "table.0";
  private static final String UNDO_LOG = "undoLog";
  private static final String PREPARED = "openTransactions";

  private Catalog() {}

  /**
   * Checks a database that is not open. Nothing is written.
   *
   * @param name its name in the {@link GuardedFileSystem}
   * @param file the store's file, for messages
   * @throws CorruptStoreException UNSUPPORTED_FORMAT if it defines anything but the tables of a store
   * @throws RuntimeException any other, if it is damaged
   */
  static void check(String name, Path file) {
    MVStore store = new MVStore.Builder()
        .fileName(GuardedFileSystem.fileOf(name))
        .readOnly()
        .open();
    try {
      requireNothingUnfinished(store, file);
      requireKnownTypes(store, file);
      for (String definition : definitions(store, file)) {
        if (!Schema.defines(definition)) {
          throw Schema.foreign(
              file,
              "is an H2 database with definitions that are not part of a store of this format");
        }
      }
    } finally {
      store.closeImmediately();
    }
  }

  /** H2 would finish or undo them when it opens the file, and so change what is looked at here. A store never leaves any. */
  private static void requireNothingUnfinished(MVStore store, Path file) {
    for (String map : store.getMapNames()) {
      if ((map.startsWith(UNDO_LOG) || map.equals(PREPARED)) && store.hasData(map)) {
        throw Schema.foreign(file, "was left by another program in the middle of a transaction");
      }
    }
  }

  /** The types of H2's maps are names of classes, of which H2 makes objects. */
  private static void requireKnownTypes(MVStore store, Path file) {
    if (!store.hasMap(TYPES)) {
      return;
    }
    MVMap<String, String> types = store.openMap(
        TYPES,
        new MVMap.Builder<String, String>()
            .keyType(StringDataType.INSTANCE)
            .valueType(new CatalogTypes.TypeName()));
    for (Iterator<String> keys = types.keyIterator(null); keys.hasNext(); ) {
      if (CatalogTypes.UNKNOWN.equals(types.get(keys.next()))) {
        throw foreignTypes(file);
      }
    }
  }

  /** All of them, also those of a transaction that has not ended. */
  private static List<String> definitions(MVStore store, Path file) {
    List<String> found = new ArrayList<>();
    if (!store.hasMap(DEFINITIONS)) {
      return found;
    }
    MVMap<Long, VersionedValue<String>> rows = store.openMap(
        DEFINITIONS,
        new MVMap.Builder<Long, VersionedValue<String>>()
            .keyType(LongDataType.INSTANCE)
            .valueType(new VersionedValueType<String, Void>(new CatalogTypes.Definition())));
    for (Iterator<Long> keys = rows.keyIterator(null); keys.hasNext(); ) {
      VersionedValue<String> row = rows.get(keys.next());
      if (row == null || row.getOperationId() != 0) {
        throw Schema.foreign(file, "was left by another program in the middle of a transaction");
      }
      found.add(row.getCurrentValue());
    }
    return found;
  }

  private static CorruptStoreException foreignTypes(Path file) {
    return Schema.foreign(file, "is an H2 database with data of types that no store has");
  }
}
