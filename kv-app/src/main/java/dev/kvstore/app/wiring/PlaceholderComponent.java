package dev.kvstore.app.wiring;

import dagger.Component;
import dagger.Module;
import dagger.Provides;
import dagger.multibindings.IntoMap;
import dagger.multibindings.StringKey;
import java.util.Map;
import javax.inject.Provider;
import javax.inject.Singleton;

/** Proves that Dagger's generated code passes the compiler's checks. */
@Singleton
@Component(modules = PlaceholderComponent.Engines.class)
public interface PlaceholderComponent {
  /** Returns the engines by name. */
  Map<String, Provider<CharSequence>> engines();

  /** The engines. */
  @Module
  final class Engines {
    private Engines() {}

    @Provides
    @Singleton
    @IntoMap
    @StringKey("jsonfile")
    static CharSequence jsonfile() {
      return "jsonfile";
    }
  }
}
