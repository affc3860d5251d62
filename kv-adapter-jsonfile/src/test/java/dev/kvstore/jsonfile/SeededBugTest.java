package dev.kvstore.jsonfile;

import dev.kvstore.files.trial.SeededBug;
import dev.kvstore.files.trial.SeededBugContract;
import java.util.List;

class SeededBugTest extends SeededBugContract {

  @Override
  protected List<SeededBug> bugs() {
    return List.of(
        bug(
            "a commit is not forced",
            "LogTail",
            "file.writeForced(end.offset(), lines.bytes(), 0, lines.length());",
            "file.writeMapped(end.offset(), lines.bytes(), 0, lines.length());",
            "CrashStateTest#everyStateOfRandomWorkloadsRecovers"),
        bug(
            "a force asks nothing of the system",
            "file.LocalFile",
            "writer.getFD().sync();",
            "writer.getFD();",
            "process.SystemCallTest#everyCommitIsForcedOnceBeforeItIsAcknowledgedAndReadsForceNothing"),
        bug(
            "a commit is acknowledged before it is forced",
            "LogWriter",
            "      writeForced(lines);",
            "      writeMapped(lines);\n      background.runLater(this::force, 1);",
            "CrashStateTest#everyStateOfRandomWorkloadsRecovers"),
        bug(
            "the folder is not forced after a compaction",
            "CompactionRun",
            "tools.fileSystem().forceFolder(options.path().folder());",
            "",
            "CrashStateTest#everyStateOfShortWorkloadsRecovers"),
        bug(
            "a new store gets its name before it is forced",
            "StoreOpening",
            "      file.force();\n    }\n    fileSystem.rename(temporary, path.file());",
            "    }\n    fileSystem.rename(temporary, path.file());\n"
                + "    try (StoreFile late = fileSystem.open(path.file())) {\n      late.force();\n    }",
            "CrashStateTest#everyStateOfShortWorkloadsRecovers"),
        bug(
            "a compacted file gets its name before it is forced",
            "compaction.NextGeneration",
            "    file.force();\n    forced = written;\n    if (!WrittenLines",
            "    if (!WrittenLines",
            "CrashStateTest#everyStateOfShortWorkloadsRecovers"),
        bug(
            "a failed force is tried again",
            "LogWriter",
            "      tail.force();",
            "      try {\n        tail.force();\n      } catch (IOException again) {\n        tail.force();\n      }",
            "FaultTest#nothingAcknowledgedIsLostWhateverFails"),
        bug(
            "writing goes on after a failed force",
            "LogWriter",
            "      stopAfterForce(\"writing durably to it failed (\" + StorageFailures.reason(e) + \")\");",
            "",
            "FaultTest#afterAFailedForceNothingIsWrittenUntilReopened"),
        bug(
            "a failed write is not undone",
            "LogTail",
            "    length = Math.min(written, Math.max(length, end.offset() + 1));",
            "    length = written;\n    if (length >= 0) {\n      return;\n    }",
            "FaultTest#nothingAcknowledgedIsLostWhateverFails"),
        bug(
            "a read ignores the checksum",
            "log.LineView",
            "return cursor.isTrailer(sealed, (int) crc.getValue());",
            "return true;",
            "DamageTest#everyFlippedBitIsFoundWhenReading"),
        bug(
            "opening ignores the checksum",
            "log.Checksum",
            "return found.equals(new String(trailer.toArray(), StandardCharsets.ISO_8859_1));",
            "return found.endsWith(\"}\");",
            "DamageTest#everyFlippedBitIsFoundWhenOpening"),
        bug(
            "damage is taken for a torn end",
            "recovery.DurabilityProof",
            "found.get().line().place().durable() >= seq",
            "found.get().line().place().durable() > Long.MAX_VALUE - seq",
            "DamageTest#everyFlippedBitIsFoundWhenOpening"),
        bug(
            "a torn end is taken for damage",
            "recovery.DurabilityProof",
            "found.get().line().place().durable() >= seq",
            "found.get().line().place().seq() >= seq",
            "CrashStateTest#everyStateOfRandomWorkloadsRecovers"),
        bug(
            "what a crash has left is not forced when it is opened",
            "StoreOpening",
            "    FileCopy.rewrite(file, end.durableOffset(), end.offset());\n    file.force();\n",
            "",
            "CrashStateTest#aPowerCutAfterAKillTakesNothingBack"),
        bug(
            "half a session is applied",
            "recovery.LogScanner",
            "if (line.place().part() == line.place().of()) {",
            "if (line.place().part() > 0) {",
            "CrashStateTest#everyStateOfShortWorkloadsRecovers"),
        bug(
            "the index shows what is not written yet",
            "CommitLog",
            "        writer.append(\n            group.lines(), group.lastSeq(), group.onlyRemovals() ? 0 : policy.spareBytes());\n"
                + "        state.publish(group);",
            "        state.publish(group);\n        writer.append(\n"
                + "            group.lines(), group.lastSeq(), group.onlyRemovals() ? 0 : policy.spareBytes());",
            "FaultTest#nothingAcknowledgedIsLostWhateverFails"),
        bug(
            "the index beside the file vouches for more than is forced",
            "Checkpoints",
            "    if (end.durableOffset() < end.offset()) {\n      force(data);\n    }\n",
            "",
            "CrashStateTest#anIndexThatIsKeptAllTheTimeChangesNothing"),
        bug(
            "space allocated ahead passes the cap",
            "LogTail",
            "Math.min(Math.max(2L * spare, wanted), room)",
            "Math.max(2L * spare, wanted)",
            "CapTest#aFullStoreSaysSoWithFiguresAndStillRemoves"),
        bugElsewhere(
            "the lock is on the data file",
            "dev.kvstore.files.StoreLock",
            "lock = channel.tryLock(LOCKED_AT, 1, shared);",
            "lock = FileChannel.open(path.file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)\n"
                + "          .tryLock(LOCKED_AT, 1, shared);",
            "process.LockTest#theOtherProcessIsRefusedAlsoAfterACompactionAndAfterOthersHaveReadTheFile"),
        bug(
            "a removal goes to the disk with what does not fit there",
            "CommitLog",
            "if (!mayJoin(group, effective, onlyRemovals)) {",
            "if (mayJoin(group, effective, onlyRemovals) && group.isEmpty() && effective.isEmpty()) {",
            "GroupFailureTest#onAFullDiskRemovalsSucceedBesideThoseWhoCreate"),
        bug(
            "a lost end is taken for a torn one",
            "Recovery",
            "if (end.offset() < known.written()) {",
            "if (end.offset() < 0) {",
            "CheckpointUseTest#anEndThatCannotBeReadIsLostAndNotTorn"),
        bug(
            "the index of another copy is believed",
            "Recovery",
            "end.isPresent() && checkpoint.last() == LastChecksums.before(file, checkpoint.offset())",
            "end.isPresent()",
            "CheckpointUseTest#theOneOfACopyThatWentItsOwnWayIsNotBelieved"),
        bugElsewhere(
            "an entry expires a millisecond late",
            "dev.kvstore.core.model.Entry",
            "return nowMillis < expiresAtMillis;",
            "return nowMillis <= expiresAtMillis;",
            "JsonFileContractTest#anEntryIsGoneTheInstantItsTimeIsReached"));
  }
}
