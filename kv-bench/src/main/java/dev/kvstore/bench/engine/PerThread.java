package dev.kvstore.bench.engine;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One object a thread, made at its first use, all of them known for the close. */
final class PerThread<T, E extends Exception> {

  /** Makes the object of a thread. */
  interface Maker<T, E extends Exception> {
    T make() throws E;
  }

  private final Maker<T, E> maker;

  // Not static: the objects belong to one open store.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<T> own = new ThreadLocal<>();

  private final Collection<T> made = new ConcurrentLinkedQueue<>();

  PerThread(Maker<T, E> maker) {
    this.maker = maker;
  }

  T get() throws E {
    T mine = own.get();
    if (mine == null) {
      mine = maker.make();
      made.add(mine);
      own.set(mine);
    }
    return mine;
  }

  Collection<T> all() {
    return made;
  }
}
