package dev.kvstore.jsonfile.process;

import dev.kvstore.files.trial.Engine;
import dev.kvstore.files.trial.LockContract;

class LockTest extends LockContract {

  @Override
  protected Engine engine() {
    return new JsonFileEngine();
  }
}
