package dev.kvstore.app.wiring;

import dev.kvstore.app.cli.store.Engine;
import dev.kvstore.app.cli.store.OpenRequest;
import dev.kvstore.core.error.UnsupportedByEngineException;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.etcd.EtcdOptions;
import dev.kvstore.etcd.EtcdStorage;
import dev.kvstore.files.Durability;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A store in an etcd cluster, with the settings that etcdctl takes from the environment. */
final class EtcdEngine implements Engine {

  /** The libraries below would write to the standard error what the program says in its own words. Held, or they would be forgotten. */
  private static final List<Logger> SILENCED =
      List.of(Logger.getLogger("io.grpc"), Logger.getLogger("io.netty"));

  private final Map<String, String> environment;

  EtcdEngine(Map<String, String> environment) {
    this.environment = environment;
    SILENCED.forEach(logger -> logger.setLevel(Level.OFF));
  }

  @Override
  public String defaultName() {
    return "/kv";
  }

  @Override
  public boolean keepsFiles() {
    return false;
  }

  @Override
  public SessionLimits sessionLimits() {
    return EtcdStorage.SESSION_LIMITS;
  }

  @Override
  public String dataFile(String location) {
    return EtcdOptions.of(location, environment).location();
  }

  /** There is no lock to wait for. */
  @Override
  public StoragePort open(OpenRequest request) {
    if (request.maxBytes().isPresent()) {
      throw cannot("keep a store below a size of its own, since the quota is the cluster's");
    }
    if (request.durability() != Durability.SYNC) {
      throw cannot("write with less than full durability");
    }
    EtcdOptions options = EtcdOptions.of(request.location(), environment);
    if (request.readOnly()) {
      return EtcdStorage.open(options.asReadOnly());
    }
    return EtcdStorage.open(request.createIfMissing() ? options : options.mustExist());
  }

  private static UnsupportedByEngineException cannot(String ability) {
    return new UnsupportedByEngineException(EtcdStorage.ENGINE, ability);
  }
}
