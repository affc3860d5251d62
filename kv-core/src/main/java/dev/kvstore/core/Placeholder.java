package dev.kvstore.core;

/** Proves that the module compiles. */
public final class Placeholder {
  private Placeholder() {}

  /** Returns the name of this module. */
  public static String name() {
    return "kv-core";
  }
}
