package dev.kvstore.files.trial;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A process that runs one test method; its last line is "outcome" and the {@link Outcome}. */
public final class TestRun {

  /** What became of a test. */
  enum Outcome {
    PASSED,
    FAILED,
    /** This machine cannot do what the test needs. */
    SKIPPED
  }

  /** How the last line begins. */
  static final String TELLS = "outcome ";

  private TestRun() {}

  /** Runs the method {@code package.Class#method}, which may be inherited, with all its parameters. */
  public static void main(String[] arguments) throws Exception {
    String[] names = arguments[0].split("#", -1);
    Class<?> test = Class.forName(names[0]);
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(selectMethod(test, method(test, names[1])))
        .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 5);
    System.out.println(TELLS + outcome(summary));
    // Not by the end of the threads: one of a store with a bug may still be at work.
    Runtime.getRuntime().halt(0);
  }

  private static Outcome outcome(TestExecutionSummary summary) {
    for (TestExecutionSummary.Failure failure : summary.getFailures()) {
      if (failure.getException() instanceof LinkageError) {
        throw new IllegalStateException("the class does not fit", failure.getException());
      }
    }
    if (summary.getTotalFailureCount() > 0) {
      return Outcome.FAILED;
    }
    return summary.getTestsSucceededCount() > 0 ? Outcome.PASSED : Outcome.SKIPPED;
  }

  private static Method method(Class<?> test, String name) {
    return Stream.<Class<?>>iterate(test, type -> type != null, Class::getSuperclass)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(test + " has no method " + name));
  }
}
