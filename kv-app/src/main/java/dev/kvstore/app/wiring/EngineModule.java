package dev.kvstore.app.wiring;

import dagger.Module;
import dagger.Provides;
import dagger.multibindings.IntoMap;
import dagger.multibindings.StringKey;
import dev.kvstore.app.cli.store.Engine;

/** The engines that the program knows; a new one is one method here and one class beside it. */
@Module
final class EngineModule {

  private EngineModule() {}

  @Provides
  @IntoMap
  @StringKey("jsonfile")
  static Engine jsonfile() {
    return new JsonFileEngine();
  }

  @Provides
  @IntoMap
  @StringKey("h2")
  static Engine h2() {
    return new H2Engine();
  }

  @Provides
  @IntoMap
  @StringKey("etcd")
  static Engine etcd() {
    return new EtcdEngine(System.getenv());
  }
}
