package dev.kvstore.h2;

import dev.kvstore.files.trial.Engine;
import dev.kvstore.files.trial.LockContract;

class LockTest extends LockContract {

  @Override
  protected Engine engine() {
    return new H2Engine();
  }
}
