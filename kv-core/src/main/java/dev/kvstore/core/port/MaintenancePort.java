package dev.kvstore.core.port;

/**
 * What can be done with a store that need not be fit to be opened: a second port, which an engine may leave out. An instance is
 * bound to one location and opens nothing until it is called. Safe for any number of threads; each call takes the store for
 * itself, unless the instance was made only to look at it.
 *
 * <p>All methods throw the exceptions of {@link dev.kvstore.core.error}: STORE_MISSING if there is no store, STORE_LOCKED if
 * somebody has it open, UNSUPPORTED_FORMAT if the file is none or of another version, STORAGE_FAILED if it cannot be read.
 * Listeners are told how far it is in bytes.
 */
public interface MaintenancePort {

  /**
   * Reads the whole store and checks every checksum. Changes no byte of it. What a crash has left unfinished at its end is no
   * damage. Time is linear in the size of the store; the memory on the heap is that of the largest commit.
   *
   * @param listener told now and then how far it is
   * @return what was found; damage is a finding, not an exception
   */
  VerifyReport verify(ProgressListener listener);

  /**
   * Writes what can be read of the store into a new one of the same engine. The source is never changed. The new store appears
   * under its name when it is whole and on the disk; if the call throws, nothing is there.
   *
   * <p>Of a commit of which a part is lost, nothing is taken. What a lost part said cannot be known: an entry that it replaced
   * comes with its earlier value, and one that it removed is there again. {@link RepairReport#uncertain} counts the entries of
   * which that may be so.
   *
   * @param target where the new store shall lie, in the words of the engine
   * @param listener told now and then how far it is
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_LOCATION if something is there, or no store can be
   * @throws dev.kvstore.core.error.CorruptStoreException STORE_CORRUPT if nothing of the store can be read; the new one is not
   *     made
   */
  RepairReport repair(String target, ProgressListener listener);
}
