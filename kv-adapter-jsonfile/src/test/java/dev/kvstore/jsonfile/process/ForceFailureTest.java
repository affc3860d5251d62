package dev.kvstore.jsonfile.process;

import dev.kvstore.files.trial.Engine;
import dev.kvstore.files.trial.ForceFailureContract;

class ForceFailureTest extends ForceFailureContract {

  @Override
  protected Engine engine() {
    return new JsonFileEngine();
  }
}
