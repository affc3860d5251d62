/** The rules of the key-value store, and the port behind which engines work. Needs nothing but the JDK. */
module dev.kvstore.core {
  requires static org.jspecify;

  exports dev.kvstore.core;
  exports dev.kvstore.core.error;
  exports dev.kvstore.core.json;
  exports dev.kvstore.core.model;
  exports dev.kvstore.core.port;
}
