/** The rules of the store and its ports; requires the JDK alone. */
module dev.kvstore.core {
  requires static org.jspecify;

  exports dev.kvstore.core;
}
