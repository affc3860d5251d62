package dev.kvstore.h2;

import dev.kvstore.files.trial.Engine;
import dev.kvstore.files.trial.SystemCallContract;
import org.junit.jupiter.api.Tag;

/** Long here: an opening of H2 makes many more system calls. */
@Tag("slow")
class SystemCallTrialTest extends SystemCallContract {

  @Override
  protected Engine engine() {
    return new H2Engine();
  }
}
