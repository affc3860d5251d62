package dev.kvstore.app.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.kvstore.app.cli.args.Arguments;
import dev.kvstore.app.cli.io.Console;
import dev.kvstore.app.cli.io.Surroundings;
import dev.kvstore.app.cli.store.Engine;
import dev.kvstore.app.cli.store.SharedStore;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.app.cli.store.Termination;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a session of the shell whose commit fails; a person goes on after that. */
class ShellSessionTest {

  private final StoragePort port = mock();
  private final SharedStore shared = new SharedStore();
  private final Shell shell = shell();

  private Shell shell() {
    Engine engine = mock();
    when(engine.open(any())).thenReturn(port);
    Surroundings surroundings = new Surroundings(
        Map.of("KV_STORE", "s"),
        "Linux",
        InstantSource.system(),
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        OutputStream.nullOutputStream(),
        "");
    Console console = Console.of(surroundings);
    Termination termination = new Termination();
    Arguments arguments = new Arguments("shell", List.of(), Map.of());
    StoreOpener opener = StoreOpener.of(
            Map.of("jsonfile", () -> engine), surroundings, termination, arguments, "shell")
        .sharing(shared);
    Invocation outer = new Invocation(
        "shell",
        arguments,
        console,
        surroundings,
        (given, run) -> opener,
        new Failures(console.err(), Map.of(), termination),
        false);
    return new Shell(outer, shared, opener);
  }

  @BeforeEach
  void aSessionWithAnOperation() {
    when(port.sessionLimits()).thenReturn(SessionLimits.FILE_ENGINE);
    when(port.find(any(), anyLong())).thenReturn(Optional.empty());
    assertEquals(ExitCode.DONE, shell.run(List.of("begin")));
    assertEquals(ExitCode.DONE, shell.run(List.of("create", "k", "{}")));
    assertEquals(1, shell.staged());
  }

  private void assertCommitFails(ErrorCode code) {
    StoreException failure = assertThrows(StoreException.class, () -> shell.run(List.of("commit")));
    assertEquals(code, failure.code());
  }

  @Test
  void afterAConflictANewOneCanBegin() {
    when(port.commit(any(), anyLong())).thenReturn(new CommitResult.Refused(Key.of("k")));
    assertCommitFails(ErrorCode.CONFLICT);
    assertEquals(-1, shell.staged());
    assertEquals(ExitCode.DONE, shell.run(List.of("begin")));
    assertEquals(0, shell.staged());
  }

  @Test
  void whatMayBeCommittedIsNoSessionAnyMore() {
    doThrow(StorageFailedException.outcomeUnknown("lost", Map.of(), null))
        .when(port)
        .commit(any(), anyLong());
    assertCommitFails(ErrorCode.OUTCOME_UNKNOWN);
    assertEquals(-1, shell.staged());
  }

  @Test
  void whatDidNotFitIsStillStaged() {
    doThrow(LimitExceededException.storeFull("s", 1, 2, 3)).when(port).commit(any(), anyLong());
    assertCommitFails(ErrorCode.STORE_FULL);
    assertEquals(1, shell.staged());
  }
}
