package dev.kvstore.h2;

import java.nio.ByteBuffer;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.db.NullValueDataType;
import org.h2.mvstore.db.RowDataType;
import org.h2.mvstore.db.ValueDataType;
import org.h2.mvstore.tx.VersionedValueType;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.value.Value;

/** How {@link Catalog} reads H2's own maps: as text, so that no class is loaded because a file names it. */
final class CatalogTypes {

  /** What is read for a type or a definition that a store does not have. */
  static final String UNKNOWN = "?";

  private static final String VERSIONED = VersionedValueType.Factory.class.getName();
  private static final String ROW = RowDataType.Factory.class.getName();
  private static final Set<String> PLAIN = Set.of(
      LongDataType.class.getName(),
      ByteArrayDataType.class.getName(),
      NullValueDataType.class.getName(),
      "org.h2.mvstore.db.LobStorageMap$BlobReference$Type",
      "org.h2.mvstore.db.LobStorageMap$BlobMeta$Type");

  private CatalogTypes() {}

  /** An entry of H2's registry of types: {@link #UNKNOWN} unless a store has this type. */
  static final class TypeName extends TextType {

    @Override
    public String read(ByteBuffer buffer) {
      String name = name(buffer);
      if (name.equals(VERSIONED)) {
        name = name(buffer);
      }
      if (name.equals(ROW)) {
        skipRowType(buffer);
        return name;
      }
      if (PLAIN.contains(name)) {
        return name;
      }
      // How long it is cannot be told, so what follows on the page cannot be read, and is not.
      buffer.position(buffer.limit());
      return UNKNOWN;
    }

    @Override
    public void read(ByteBuffer buffer, Object storage, int length) {
      String[] names = (String[]) storage;
      for (int i = 0; i < length; i++) {
        names[i] = buffer.hasRemaining() ? read(buffer) : UNKNOWN;
      }
    }

    private static String name(ByteBuffer buffer) {
      return DataUtils.readString(buffer, DataUtils.readVarInt(buffer));
    }

    private static void skipRowType(ByteBuffer buffer) {
      DataUtils.readVarInt(buffer);
      skipNumbers(buffer);
      skipNumbers(buffer);
      buffer.get();
    }

    private static void skipNumbers(ByteBuffer buffer) {
      int count = DataUtils.readVarInt(buffer) - 1;
      for (int i = 0; i < count; i++) {
        DataUtils.readVarInt(buffer);
      }
    }
  }

  /** A row of H2's table of definitions: its SQL, or {@link #UNKNOWN} if that is no text. */
  static final class Definition extends TextType {

    private static final int COLUMNS = 4;
    private final ValueDataType values = new ValueDataType();

    @Override
    public String read(ByteBuffer buffer) {
      Value[] row = new Value[COLUMNS];
      for (int i = 0; i < COLUMNS; i++) {
        row[i] = values.read(buffer);
      }
      Value sql = row[COLUMNS - 1];
      return sql.getValueType() == Value.VARCHAR ? sql.getString() : UNKNOWN;
    }
  }

  /** For reading alone. */
  abstract static class TextType extends BasicDataType<String> {

    @Override
    public int getMemory(String text) {
      return 2 * text.length();
    }

    @Override
    public void write(WriteBuffer buffer, String text) {
      throw new UnsupportedOperationException("the catalog is only read");
    }

    @Override
    public String[] createStorage(int size) {
      return new String[size];
    }
  }
}
