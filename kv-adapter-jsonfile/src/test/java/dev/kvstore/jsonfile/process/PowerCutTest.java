package dev.kvstore.jsonfile.process;

import dev.kvstore.files.trial.Engine;
import dev.kvstore.files.trial.PowerCutContract;

class PowerCutTest extends PowerCutContract {

  @Override
  protected Engine engine() {
    return new JsonFileEngine();
  }
}
