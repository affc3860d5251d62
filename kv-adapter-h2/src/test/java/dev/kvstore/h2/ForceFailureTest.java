package dev.kvstore.h2;

import dev.kvstore.files.trial.Engine;
import dev.kvstore.files.trial.ForceFailureContract;

class ForceFailureTest extends ForceFailureContract {

  @Override
  protected Engine engine() {
    return new H2Engine();
  }
}
