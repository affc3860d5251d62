package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.app.cli.io.Output;
import dev.kvstore.app.cli.store.StoreOpener;
import java.util.List;
import java.util.Set;

/** {@code kv path}: prints which file the store is. */
final class PathCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "path",
        List.of(),
        "",
        0,
        0,
        Set.of(),
        "print the path of the store's data file",
        "The file need not be there; nothing is opened or made.");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    StoreOpener stores = invocation.stores();
    Output out = invocation.console().out();
    String path = stores.dataFile();
    if (invocation.arguments().has(Option.JSON)) {
      out.json("{\"engine\":" + JsonText.quote(stores.engine()) + ",\"path\":"
          + JsonText.quote(path) + "}");
    } else {
      out.line(path);
    }
    return ExitCode.DONE;
  }
}
