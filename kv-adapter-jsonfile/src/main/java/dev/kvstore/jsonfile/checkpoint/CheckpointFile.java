package dev.kvstore.jsonfile.checkpoint;

import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.file.Scratch;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import dev.kvstore.jsonfile.index.ExpiryLedger;
import dev.kvstore.jsonfile.index.Slots;
import dev.kvstore.jsonfile.index.SlotsCheck;
import dev.kvstore.jsonfile.log.LogHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file {@code <file>.index}. It may be missing, old or damaged at any time: what it says can be had from the log too, only
 * later. One thread at a time.
 */
public final class CheckpointFile {

  private static final int PAGE_BYTES = 4_096;
  private static final int CHUNK_BYTES = 1 << 20;

  private final StoreFileSystem fileSystem;
  private final Path file;
  private final Path temporary;

  /** The checkpoint of that name, {@code <file>.index}; it is written under that name with {@code .tmp} behind it. */
  public CheckpointFile(StoreFileSystem fileSystem, Path file) {
    this.fileSystem = fileSystem;
    this.file = file;
    this.temporary = file.resolveSibling(file.getFileName() + ".tmp");
  }

  /**
   * Puts a checkpoint in the place of the one before. It is forced to the disk before it gets its name, and the folder is not
   * forced: after a power cut the old one may be there. The log up to its offset must be durable.
   *
   * @throws IOException if it cannot be written; the one before is then still there, unless the renaming itself failed
   */
  public void write(Checkpoint checkpoint) throws IOException {
    fileSystem.delete(temporary);
    try {
      try (StoreFile target = fileSystem.create(temporary)) {
        write(checkpoint, target);
        target.force();
      }
      fileSystem.rename(temporary, file);
    } catch (IOException | RuntimeException e) {
      try {
        fileSystem.delete(temporary);
      } catch (IOException notDeleted) {
        e.addSuppressed(notDeleted);
      }
      throw e;
    }
  }

  /** Removes the file, and a temporary one that a failure has left, if they are there. */
  public void delete() throws IOException {
    fileSystem.delete(temporary);
    fileSystem.delete(file);
  }

  /**
   * The checkpoint of a log. Empty if there is none, if it is of another log or format, if a byte of it is not as it was
   * written, or if it cannot be read: never an error.
   *
   * @param log the header of the data file
   */
  public Optional<Checkpoint> read(LogHeader log) {
    try {
      if (!fileSystem.exists(file)) {
        return Optional.empty();
      }
      try (ReadableFile source = fileSystem.openToRead(file)) {
        return read(log, source);
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // the second: a right checksum over what is no ledger
    }
  }

  /** The header of the log that the checkpoint is of, as far as a sound header of its own tells; never an error. */
  public Optional<LogHeader> log() {
    try {
      if (!fileSystem.exists(file)) {
        return Optional.empty();
      }
      try (ReadableFile source = fileSystem.openToRead(file)) {
        byte[] start = new byte[CheckpointHeader.BYTES];
        source.read(0, start);
        return CheckpointHeader.decode(start).map(CheckpointHeader::log);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void write(Checkpoint checkpoint, StoreFile target) throws IOException {
    ByteBuffer slots = checkpoint.slots().memory().buffer();
    byte[] start = start(checkpoint.expiry());
    // Blanks until the rest is there: what is no header vouches for nothing.
    target.write(0, start, start.length);
    CRC32C body = new CRC32C();
    body.update(start, CheckpointHeader.BYTES, start.length - CheckpointHeader.BYTES);
    byte[] chunk = new byte[Math.min(CHUNK_BYTES, slots.capacity())];
    for (int done = 0; done < slots.capacity(); ) {
      int length = Math.min(chunk.length, slots.capacity() - done);
      slots.get(done, chunk, 0, length);
      body.update(chunk, 0, length);
      target.write(start.length + (long) done, chunk, length);
      done += length;
    }
    CheckpointHeader header = new CheckpointHeader(
        checkpoint.log(),
        checkpoint.offset(),
        checkpoint.seq(),
        checkpoint.entries(),
        checkpoint.lineBytes(),
        checkpoint.last(),
        checkpoint.hash().seed(),
        start.length,
        checkpoint.slots().capacity(),
        (int) body.getValue());
    target.write(0, header.encode(), CheckpointHeader.BYTES);
  }

  /** Room for the header, the ledger, and zeros up to the next page. */
  private static byte[] start(ExpiryLedger expiry) {
    byte[] start = new byte[slotsAt(expiry)];
    expiry.write(
        ByteBuffer.wrap(start).position(CheckpointHeader.BYTES).order(ByteOrder.LITTLE_ENDIAN));
    return start;
  }

  private static int slotsAt(ExpiryLedger expiry) {
    int end = CheckpointHeader.BYTES + expiry.byteSize();
    return (end + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
  }

  private static Optional<Checkpoint> read(LogHeader log, ReadableFile source) throws IOException {
    long size = source.size();
    if (size < PAGE_BYTES) {
      return Optional.empty();
    }
    byte[] start = new byte[CheckpointHeader.BYTES];
    source.read(0, start);
    CheckpointHeader header = CheckpointHeader.decode(start).orElse(null);
    if (header == null || !header.isOf(log) || size != header.fileSize()) {
      return Optional.empty();
    }
    byte[] expiry = new byte[header.slotsAt() - CheckpointHeader.BYTES];
    source.read(CheckpointHeader.BYTES, expiry);
    CRC32C body = new CRC32C();
    body.update(expiry);
    Scratch memory = Scratch.allocate(header.capacity() * Long.BYTES);
    try {
      load(source, header.slotsAt(), memory.buffer(), body);
      if ((int) body.getValue() == header.body()) {
        ByteBuffer ledger = ByteBuffer.wrap(expiry).order(ByteOrder.LITTLE_ENDIAN);
        Checkpoint checkpoint = header.with(ExpiryLedger.read(ledger), new Slots(memory));
        if (isSound(checkpoint)) {
          return Optional.of(checkpoint);
        }
      }
    } catch (IOException | RuntimeException e) {
      memory.close();
      throw e;
    }
    memory.close();
    return Optional.empty();
  }

  /** What must hold beside the checksums: what follows from it, so that a search ends, and no sum is wrong without need. */
  private static boolean isSound(Checkpoint checkpoint) {
    return checkpoint.expiry().lines() <= checkpoint.entries()
        && checkpoint.expiry().bytes() <= checkpoint.lineBytes()
        && SlotsCheck.isSound(
            checkpoint.slots(),
            checkpoint.entries(),
            checkpoint.lineBytes(),
            checkpoint.log().line().length,
            checkpoint.offset());
  }

  private static void load(ReadableFile source, long at, ByteBuffer target, CRC32C crc)
      throws IOException {
    byte[] chunk = new byte[Math.min(CHUNK_BYTES, target.capacity())];
    for (int done = 0; done < target.capacity(); ) {
      int length = Math.min(chunk.length, target.capacity() - done);
      byte[] piece = length == chunk.length ? chunk : new byte[length];
      source.read(at + done, piece);
      crc.update(piece);
      target.put(done, piece);
      done += length;
    }
  }
}
