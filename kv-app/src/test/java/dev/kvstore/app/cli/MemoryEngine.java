package dev.kvstore.app.cli;

import dev.kvstore.app.cli.store.Engine;
import dev.kvstore.app.cli.store.OpenRequest;
import dev.kvstore.core.contract.InMemoryStorage;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.port.StoragePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stores in memory, by location, which outlive the runs of the program. */
final class MemoryEngine implements Engine {

  static final long LEAST_BYTES = 1_000;

  final Map<String, InMemoryStorage.Disk> disks = new HashMap<>();
  final List<OpenRequest> requests = new ArrayList<>();

  @Override
  public String defaultName() {
    return "default";
  }

  @Override
  public String dataFile(String location) {
    return "/memory/" + location;
  }

  @Override
  public StoragePort open(OpenRequest request) {
    requests.add(request);
    if (request.maxBytes().orElse(LEAST_BYTES) < LEAST_BYTES) {
      throw new IllegalArgumentException("the least is " + LEAST_BYTES);
    }
    if (!disks.containsKey(request.location()) && !request.createIfMissing()) {
      throw StoreUnavailableException.missing(request.location());
    }
    return InMemoryStorage.open(
        disks.computeIfAbsent(request.location(), location -> new InMemoryStorage.Disk()));
  }
}
