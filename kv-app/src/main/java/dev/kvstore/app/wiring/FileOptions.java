package dev.kvstore.app.wiring;

import dev.kvstore.app.cli.store.OpenRequest;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;

/** Says a request in the words of the engines that keep their data in a local file. */
final class FileOptions {

  private FileOptions() {}

  static StorageOptions of(OpenRequest request) {
    StorageOptions options = StorageOptions.at(StoragePath.parse(request.location()))
        .withMaxBytes(request.maxBytes().orElse(StorageOptions.MAX_BYTES))
        .withCommand(request.command())
        .withDurability(request.durability())
        .withLockWait(request.lockWait());
    if (request.readOnly()) {
      return options.asReadOnly();
    }
    return request.createIfMissing() ? options : options.mustExist();
  }
}
