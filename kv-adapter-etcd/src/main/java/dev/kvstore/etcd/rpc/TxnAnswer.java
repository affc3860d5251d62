package dev.kvstore.etcd.rpc;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of a transaction.
 *
 * @param succeeded whether the comparisons held
 * @param reads what was read, in the order of the questions
 * @param revision the newest revision when it took place
 */
public record TxnAnswer(boolean succeeded, List<RangeAnswer> reads, long revision) {

  static TxnAnswer read(ProtoReader reader) {
    boolean succeeded = false;
    List<RangeAnswer> reads = new ArrayList<>();
    long revision = 0;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> revision = Header.revision(reader.message());
        case 2 -> succeeded = reader.flag();
        case 3 -> readOperation(reader.message(), reads);
        default -> {}
      }
    }
    return new TxnAnswer(succeeded, reads, revision);
  }

  private static void readOperation(ProtoReader operation, List<RangeAnswer> reads) {
    while (operation.next()) {
      if (operation.field() == 1) {
        reads.add(RangeAnswer.read(operation.message()));
      }
    }
  }
}
