package dev.kvstore.jsonfile.order;

import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.jsonfile.order.OrderedView.Need;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes lists from an ordered view, and builds and refreshes it when they need it. Any number of threads may call. */
public final class OrderedReads {

  /** The engine's protection of its readers against the writer. */
  @FunctionalInterface
  public interface Protection {

    /** Does {@code work} while no writer is at work; others may read at the same time. It is never called within itself. */
    <T> T shared(Supplier<T> work);
  }

  /** One of these is nearly always enough; each next one has less to do. */
  private static final int MAX_REFRESHES = 4;

  /** One that has failed takes as long the next time, and would be tried for each list. */
  private static final long RETRY_NANOS = 10_000_000_000L;

  private final OrderedView view;
  private final OffsetSource index;
  private final Protection protection;
  private final ReentrantLock refreshing = new ReentrantLock();

  /** When a refresh has failed that was not needed; guarded by {@link #refreshing}. */
  private long failedNanos = System.nanoTime() - RETRY_NANOS;

  /**
   * Lists of a view.
   *
   * @param index what the view is built from; called without the protection, by one thread at a time
   */
  public OrderedReads(OrderedView view, OffsetSource index, Protection protection) {
    this.view = view;
    this.index = index;
    this.protection = protection;
  }

  /** What the lists are made from; see there which protection each of its methods needs. */
  public OrderedView view() {
    return view;
  }

  /**
   * Reads keys in order, under the protection all the time. The first call builds the view, and so waits about half a second for
   * a million keys; later ones may have to merge what came since, which takes less. Writers and other readers go on meanwhile.
   * The caller sees to it that the offsets and keys stay readable until this returns, also if the engine changes to another file.
   *
   * @param range what to walk over
   * @param reading takes what it needs from the cursor, which is of no use afterwards; its result is not null
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED if the machine gives no memory for the view
   * @throws DamagedLineException if a line is damaged that the list rests on
   */
  public <T> T read(KeyRange range, Function<Cursor, T> reading) {
    ByteRange bytes = new ByteRange(range);
    Need need = protection.shared(view::need);
    while (true) {
      if (need != Need.NONE) {
        refresh(need);
      }
      Optional<T> result = protection.shared(() -> view.need() == Need.BUILD
          ? Optional.empty()
          : Optional.of(reading.apply(view.from(bytes))));
      if (result.isPresent()) {
        return result.get();
      }
      need = Need.BUILD;
    }
  }

  /** A list that only would be quicker after a refresh does not wait for one that another thread is making. */
  private void refresh(Need need) {
    if (need == Need.BUILD) {
      refreshing.lock();
    } else if (!refreshing.tryLock()) {
      return;
    }
    try {
      if (need != Need.BUILD && System.nanoTime() - failedNanos < RETRY_NANOS) {
        return;
      }
      for (int i = 0; i < MAX_REFRESHES && refreshOnce(); i++) {}
    } catch (DamagedLineException | StoreException e) {
      if (need == Need.BUILD) {
        throw e;
      }
      // Lists are right without it, and the one that meets what is in its way says so.
      failedNanos = System.nanoTime();
    } finally {
      refreshing.unlock();
    }
  }

  private boolean refreshOnce() {
    Optional<Refresh> begun = protection.shared(view::begin);
    begun.ifPresent(refresh -> {
      try {
        refresh.run(index);
      } catch (RuntimeException | Error e) {
        protection.shared(() -> view.abandon(refresh));
        throw e;
      }
      protection.shared(() -> view.complete(refresh));
    });
    return begun.isPresent();
  }
}
