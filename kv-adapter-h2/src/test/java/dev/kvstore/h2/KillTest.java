package dev.kvstore.h2;

import dev.kvstore.files.trial.Engine;
import dev.kvstore.files.trial.KillContract;

class KillTest extends KillContract {

  @Override
  protected Engine engine() {
    return new H2Engine();
  }
}
