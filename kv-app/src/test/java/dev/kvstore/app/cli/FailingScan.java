package dev.kvstore.app.cli;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import dev.kvstore.app.cli.store.Engine;
import dev.kvstore.app.cli.store.OpenRequest;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.port.StoragePort;

/** An engine whose first page is that of another one, and whose second one fails. */
record FailingScan(Engine engine) implements Engine {

  @Override
  public String defaultName() {
    return engine.defaultName();
  }

  @Override
  public String dataFile(String location) {
    return engine.dataFile(location);
  }

  @Override
  public StoragePort open(OpenRequest request) {
    StoragePort real = engine.open(request);
    StoragePort port = mock();
    doAnswer(call -> {
          KeyRange range = call.getArgument(0);
          if (range.after() != null) {
            throw CliTest.gone();
          }
          return new Page<>(
              real.scan(range, call.getArgument(1), call.getArgument(2)).items(), true);
        })
        .when(port)
        .scan(any(), anyInt(), anyLong());
    doAnswer(call -> {
          real.close();
          return null;
        })
        .when(port)
        .close();
    return port;
  }
}
