package dev.kvstore.app;

import dev.kvstore.app.wiring.DaggerPlaceholderComponent;

/** Proves that the program starts. */
public final class Main {
  private Main() {}

  /** Prints the engines. */
  public static void main(String[] args) {
    System.out.println(DaggerPlaceholderComponent.create().engines().keySet());
  }
}
