package dev.kvstore.h2;

import dev.kvstore.core.contract.history.CrashHistoryContract;
import dev.kvstore.core.contract.history.HistoryProcess;
import dev.kvstore.core.port.StoragePort;
import java.nio.file.Path;

class HistoryTest extends CrashHistoryContract {

  /** What runs in the process that is killed. */
  static final class Program {
    public static void main(String[] arguments) {
      HistoryProcess.run(arguments, HistoryTest::store);
    }
  }

  private static StoragePort store(Path folder) {
    return H2Storage.open(folder.resolve("store"));
  }

  @Override
  protected StoragePort open(Path folder) {
    return store(folder);
  }

  @Override
  protected Class<?> program() {
    return Program.class;
  }
}
