package dev.kvstore.etcd;

import dev.kvstore.files.trial.SeededBug;
import dev.kvstore.files.trial.SeededBugContract;
import java.util.List;

class SeededBugTest extends SeededBugContract {

  @Override
  protected List<SeededBug> bugs() {
    return List.of(
        bug(
            "a write to etcd does not compare",
            "WriteAttempt",
            "        request.requireModified(key, seen.revision(i));",
            "",
            "EtcdStorageContractTest#ofEightThreadsThatCreateOneKeyExactlyOneWins"),
        bug(
            "a late request is not fenced off",
            "WriteAttempt",
            "new TxnRequest().requireModified(fence(), 0);",
            "new TxnRequest();",
            "LostAnswerTest#aRequestThatComesLateChangesNothing"),
        bug(
            "a write whose answer is lost is done again without a look",
            "Commits",
            "          if (settlement.tookPlace(attempt, since, nowMillis, limit)) {",
            "          if (since < 0) {",
            "LostAnswerTest#aWriteThatTookPlaceIsAcknowledged"),
        bug(
            "the write that uses up the quota is said to have failed",
            "Commits",
            "          if (settlement.tookPlaceInFullCluster(attempt, since, limit)) {",
            "          if (since < 0) {",
            "QuotaTest#ofManyWhoUseTheQuotaUpEachIsToldTheTruth"),
        bug(
            "a write that others have undone is taken for one that did not take place",
            "Settlement",
            "      return own.stream().anyMatch(change -> !change.removed() && isOf(attempt, change.state()));",
            "      return !own.isEmpty() && isOf(attempt, own.get(own.size() - 1).state());",
            "LostAnswerTest#aWriteThatTookPlaceAndWasUndoneByAnotherIsNotDoneAgain"),
        bug(
            "a removal that may have taken place is said to have failed",
            "Settlement",
            "    if (mayHave) {",
            "    if (mayHave && since < 0) {",
            "LostAnswerTest#aRemovalOfWhatIsGoneIsUnknown"));
  }
}
