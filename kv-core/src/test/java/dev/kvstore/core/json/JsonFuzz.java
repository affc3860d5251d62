package dev.kvstore.core.json;

/** A target for Jazzer: any bytes, judged by the compactor and by Jackson. */
public final class JsonFuzz {

  private JsonFuzz() {}

  /** Called by Jazzer with each input. */
  public static void fuzzerTestOneInput(byte[] text) {
    JsonAgreement.check(text, "fuzzed");
  }
}
