package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.assertCode;
import static dev.kvstore.h2.Fixture.options;
import static dev.kvstore.h2.Fixture.read;
import static dev.kvstore.h2.Fixture.store;
import static dev.kvstore.h2.Fixture.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.port.ProgressListener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A force that fails once, on a system that then takes the bytes for written: they are read as long as it runs, and never get to the disk. */
class FailedForceTest {

  @TempDir
  private Path folder;

  private ForgetfulDisk disk;

  /** Keeps what a power cut would leave in a file of its own. */
  private static final class ForgetfulDisk implements HookedFile.Hook {

    /** What a write does to a file. */
    private interface Write {
      void to(RandomAccessFile file) throws IOException;
    }

    private final Path left;
    private final List<Write> dirty = new ArrayList<>();
    private boolean failing;

    ForgetfulDisk(Path left) {
      this.left = left;
    }

    @Override
    public synchronized void beforeWrite(byte[] source, int offset, int length, long position) {
      byte[] bytes = Arrays.copyOfRange(source, offset, offset + length);
      dirty.add(file -> {
        file.seek(position);
        file.write(bytes);
      });
    }

    @Override
    public synchronized void beforeForce() throws IOException {
      if (failing) {
        dirty.clear();
        throw new IOException("Input/output error");
      }
      try (RandomAccessFile file = new RandomAccessFile(left.toFile(), "rw")) {
        for (Write write : dirty) {
          write.to(file);
        }
      }
      dirty.clear();
    }
  }

  @BeforeEach
  void make() throws IOException {
    H2Storage.open(folder.resolve("store")).close();
    disk = new ForgetfulDisk(folder.resolve("left.mv.db"));
    Files.copy(folder.resolve("store.mv.db"), disk.left);
  }

  private H2Storage open() {
    return H2Storage.open(options(folder.resolve("store")), HookedFile.opener(disk));
  }

  @Test
  void whatIsFoundAfterItIsMadeDurableBeforeAnythingIsAdded() {
    H2Storage storage = open();
    store(storage, "a", value(1));
    disk.failing = true;
    assertCode(ErrorCode.OUTCOME_UNKNOWN, () -> store(storage, "b", value(2)));
    storage.close();
    disk.failing = false;
    String found;
    try (H2Storage again = open()) {
      found = read(again, "b");
      store(again, "c", value(3));
      // The power is cut here.
      try (H2Storage left = H2Storage.open(folder.resolve("left"))) {
        assertEquals("{\"number\":1}", read(left, "a"));
        assertEquals(found, read(left, "b"), "what was readable is gone");
        assertEquals("{\"number\":3}", read(left, "c"), "what was acknowledged is gone");
      }
    }
    assertEquals(
        List.of(),
        H2Maintenance.of(folder.resolve("left")).verify(ProgressListener.NONE).places());
  }
}
