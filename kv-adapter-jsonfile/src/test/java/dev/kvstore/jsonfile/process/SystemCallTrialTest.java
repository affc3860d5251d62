package dev.kvstore.jsonfile.process;

import dev.kvstore.files.trial.Engine;
import dev.kvstore.files.trial.SystemCallContract;

class SystemCallTrialTest extends SystemCallContract {

  @Override
  protected Engine engine() {
    return new JsonFileEngine();
  }
}
