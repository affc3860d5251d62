package dev.kvstore.h2;

import dev.kvstore.files.trial.SeededBug;
import dev.kvstore.files.trial.SeededBugContract;
import java.util.List;

class SeededBugTest extends SeededBugContract {

  @Override
  protected List<SeededBug> bugs() {
    return List.of(
        bug(
            "no force of the file",
            "WatchedFile",
            "      file.force();",
            "      file.size();",
            "CrashStateTest#aPowerCutLosesNothingAcknowledged"),
        bug(
            "acknowledged without a force",
            "LiveStore",
            "      if (durability == Durability.SYNC) {\n        database.force();",
            "      if (durability == Durability.SYNC) {\n        database.write();",
            "DurabilityTest#syncForcesOnceForACommit"),
        bug(
            "no force of the folder after a rewrite",
            "StoreFiles",
            "    PrivateFiles.forceFolder(path.folder());",
            "",
            "SystemCallTrialTest#aFileIsForcedBeforeItIsRenamedAndTheFolderAfterwards"),
        bug(
            "a rewrite gets its name before it is forced",
            "Rewrite",
            "    target.complete();",
            "    target.write();",
            "CrashStateTest#aPowerCutLosesNothingAcknowledged"),
        bug(
            "a failed force of the file is tried again",
            "WatchedFile",
            "      file.force();",
            "      try {\n        file.force();\n      } catch (IOException again) {\n        file.force();\n      }",
            "FaultTest#aFailedForceEndsAllWriting"),
        bug(
            "the file is written after a failed force",
            "WatchedFile",
            "    if (known != null && known.fault() == Fault.FORCE) {",
            "    if (known != null && known.fault() == Fault.SEALED) {",
            "GuardedFileTest#afterAFailedForceNothingIsWrittenOrForcedAgain"),
        bug(
            "what a failed force has left is not written again when the store is opened",
            "GuardedFile",
            "    DoubtfulBytes.writeAgain(file, last, end);\n",
            "",
            "FailedForceTest#whatIsFoundAfterItIsMadeDurableBeforeAnythingIsAdded"),
        bug(
            "the checksum of a row is ignored",
            "Entries",
            "    if (RowChecksum.of(keyBytes, value, expiresAtMillis, version) != crc) {",
            "    if (version < 0) {",
            "DamageTest#theDamagedKeyIsNamedAndTheOthersCanBeRead"),
        bug(
            "the index is believed whatever its checksums say",
            "SoundChunks",
            "    sound.set(age, whole);\n    return whole;",
            "    return true;",
            "DamageTest#aHiddenKeyIsNoticedByAllThatWouldMissIt"),
        bug(
            "a row that is missing though the index has it is taken for one that never was",
            "RowLookup",
            "        if (place != null && state.of(place) != null) {",
            "        if (place == null && state.of(row) != null) {",
            "DamageTest#aRowIsNotHiddenByABitBeforeItsKey"),
        bug(
            "a rewrite does not look what the index hides",
            "LiveStore",
            "        lookup.requireSound(KeyBounds.BEGIN, KeyBounds.END);",
            "",
            "DamageTest#aHiddenKeyIsNoticedByAllThatWouldMissIt"),
        bug(
            "a part of a session counts",
            "LastGroup",
            "      } else if (footer.isEnd()) {",
            "      } else if (footer.length() > 0) {",
            "GuardedFileTest#chunksOfOneGroupCountTogetherOrNotAtAll"),
        bug(
            "a chunk with holes counts",
            "LastGroup",
            "!footer.isMade() && !chunks.isWhole(footer, at)",
            "begin < 0",
            "CrashStateTest#aPowerCutLosesNothingAcknowledged"),
        bug(
            "the header names a chunk that is not durable",
            "GuardedFile",
            "      header = Arrays.copyOfRange(source, offset, offset + length);",
            "      file.write(source, offset, length, position);",
            "GuardedFileTest#theHeaderIsWrittenWhenTheChunksAreDurable"),
        bug(
            "a commit is shown before it is durable",
            "LiveStore",
            "      if (durability == Durability.SYNC) {\n        database.force();",
            "      if (durability == Durability.SYNC) {\n        unsettled = false;\n        lock.writeLock().unlock();\n"
                + "        try {\n          database.force();\n        } finally {\n          lock.writeLock().lock();\n        }",
            "FaultTest#nothingIsReadBeforeItIsDurable"),
        bug(
            "the file grows beyond its cap",
            "GuardedFile",
            "    if (position + length > Math.max(limit, end)) {",
            "    if (position + length > Long.MAX_VALUE - limit) {",
            "GuardedFileTest#nothingGrowsBeyondTheLimit"),
        bugElsewhere(
            "the lock of an h2 store is on its data file",
            "dev.kvstore.files.StoreLock",
            "lock = channel.tryLock(LOCKED_AT, 1, shared);",
            "lock = FileChannel.open(path.file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)\n"
                + "          .tryLock(LOCKED_AT, 1, shared);",
            "LockTest#theOtherProcessIsRefusedAlsoAfterACompactionAndAfterOthersHaveReadTheFile"),
        bugElsewhere(
            "a row expires a millisecond late",
            "dev.kvstore.core.model.Entry",
            "return nowMillis < expiresAtMillis;",
            "return nowMillis <= expiresAtMillis;",
            "H2StorageContractTest#anEntryIsGoneTheInstantItsTimeIsReached"));
  }
}
