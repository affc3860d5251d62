package dev.kvstore.jsonfile.process;

import dev.kvstore.files.trial.Engine;
import dev.kvstore.files.trial.GigabyteContract;

class GigabyteTest extends GigabyteContract {

  @Override
  protected Engine engine() {
    return new JsonFileEngine();
  }
}
