package dev.kvstore.app.wiring;

import dagger.Component;
import dev.kvstore.app.cli.store.Engine;
import java.util.Map;
import javax.inject.Provider;

/** What the program takes from its wiring. */
@Component(modules = EngineModule.class)
public interface EngineComponent {

  /** The engines by name; a provider loads the classes of its engine when it is first asked. */
  Map<String, Provider<Engine>> engines();
}
