package dev.kvstore.jsonfile;

import static dev.kvstore.jsonfile.file.StoreFile.MAX_SEGMENT_BYTES;
import static dev.kvstore.jsonfile.file.StoreFile.WINDOW_BYTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.log.LineBuffer;
import dev.kvstore.jsonfile.recovery.LogEnd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class LogTailTest {

  private static final long CAP = 1L << 30;

  private final StoreFile file = mock(StoreFile.class);
  private final List<Runnable> tasks = new ArrayList<>();
  private LogEnd end = LogEnd.durable(100, 0, false);

  private final Background later = new Background() {
    @Override
    public void run(Runnable task) {
      tasks.add(task);
    }

    @Override
    public void runLater(Runnable task, long delayMillis) {
      tasks.add(task);
    }

    @Override
    public void end() {}
  };

  @Test
  void spaceIsMadeBeforeItIsNeededWhereNothingIsForced() throws IOException {
    LogTail tail = grown(CAP, false);
    tasks.get(0).run();
    long space = preparedEnd();
    assertEquals(MAX_SEGMENT_BYTES, space % WINDOW_BYTES);
    assertTrue(tail.hasSpaceFor(end, (int) (space - end.offset()), 0));
    assertFalse(tail.hasSpaceFor(end, (int) (space - end.offset()) + 1, 0));
    assertEquals(1, tasks.size());
  }

  @Test
  void spaceThatNobodyHasBegunToMakeIsMadeByTheOneWhoNeedsIt() throws IOException {
    LogTail tail = grown(CAP, false);
    long made = made(tail);
    tasks.get(0).run();
    verify(file, never()).prepare(anyLong(), anyLong());
    assertFalse(tail.hasSpaceFor(end, (int) (made - end.offset()) + 1, 0));
  }

  @Test
  void whatIsLeftOfSpaceThatCouldNotBeMadeIsCut() throws IOException {
    LogTail tail = grown(CAP, false);
    doThrow(new IOException("no space left")).when(file).prepare(anyLong(), anyLong());
    tasks.get(0).run();
    when(file.size()).thenReturn(end.offset() + 99);
    tail.cut(end.offset());
    verify(file).truncate(end.offset());
    tail.prepare(end);
    assertEquals(1, tasks.size(), "a nearly full disk is not filled again at once");
  }

  @Test
  void whereEveryWriteIsForcedNothingIsMadeBeforehand() throws IOException {
    grown(CAP, true);
    assertEquals(List.of(), tasks);
  }

  /** Else a file that is filled to its limit could pass its cap, and what has room on a full disk would be refused. */
  @Test
  void aSecondTryAsksForTheSpareSpaceAlone() throws IOException {
    List<Integer> lengths = new ArrayList<>();
    doAnswer(call -> {
          lengths.add(call.getArgument(2));
          if (lengths.size() == 1) {
            throw new IOException("no space left");
          }
          return null;
        })
        .when(file)
        .write(anyLong(), any(), anyInt());
    LogTail tail = new LogTail(file, end, 2 << 20, true, later);
    LineBuffer lines = new LineBuffer();
    lines.feeds(100);
    tail.extend(end, lines, 1_000);
    assertEquals(100, lines.length());
    assertTrue(lengths.get(0) > 2_100, lengths::toString);
    assertEquals(2_100, lengths.get(lengths.size() - 1), lengths::toString);
  }

  @Test
  void whereNoThreadCanBeHadAWriteGoesOnWithoutSpace() throws IOException {
    Background none = new Background() {
      @Override
      public void run(Runnable task) {
        tasks.add(task);
        throw new OutOfMemoryError("unable to create native thread");
      }

      @Override
      public void runLater(Runnable task, long delayMillis) {
        run(task);
      }

      @Override
      public void end() {}
    };
    LogTail tail = new LogTail(file, end, CAP, false, none);
    while (tasks.size() < 3) {
      step(tail);
    }
    verify(file, never()).prepare(anyLong(), anyLong());
    verify(file, atLeast(2)).write(anyLong(), any(), anyInt());
  }

  @Test
  void spaceNeverPassesTheCap() throws IOException {
    long cap = 6L << 20;
    LogTail tail = new LogTail(file, end, cap, false, later);
    while (end.offset() + (64 << 10) < cap) {
      step(tail);
    }
    for (Runnable task : tasks) {
      task.run();
    }
    if (!tasks.isEmpty()) {
      assertTrue(preparedEnd() <= cap, preparedEnd() + " > " + cap);
    }
  }

  /** A tail that has grown until it makes space beforehand, or would. */
  private LogTail grown(long cap, boolean forces) throws IOException {
    LogTail tail = new LogTail(file, end, cap, forces, later);
    while (tasks.isEmpty() && end.offset() < 8L << 20) {
      step(tail);
    }
    return tail;
  }

  private void step(LogTail tail) throws IOException {
    LineBuffer lines = new LineBuffer();
    lines.feeds(32 << 10);
    if (!tail.hasSpaceFor(end, lines.length(), 0)) {
      tail.extend(end, lines, 0);
    }
    end = new LogEnd(end.offset() + lines.length(), end.seq() + 1, 100, 0, false);
    tail.prepare(end);
  }

  /** Up to where there is space, calling off what is not begun. */
  private long made(LogTail tail) {
    int most = 1;
    while (tail.hasSpaceFor(end, most, 0)) {
      most++;
    }
    return end.offset() + most - 1;
  }

  private long preparedEnd() throws IOException {
    ArgumentCaptor<Long> to = ArgumentCaptor.forClass(Long.class);
    verify(file, atLeastOnce()).prepare(anyLong(), to.capture());
    return to.getValue();
  }
}
