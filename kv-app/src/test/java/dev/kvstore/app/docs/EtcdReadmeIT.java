package dev.kvstore.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvstore.etcd.testkit.EtcdNode;
import dev.kvstore.etcd.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the etcd engine's README, one after the other, on a cluster whose members take the place of those that it names. */
@TestMethodOrder(OrderAnnotation.class)
class EtcdReadmeIT {

  /** What is another with each write: its name, and so the checksum. */
  private static final String VARYING = "[0-9a-f]{16}-\\d+|\\b[0-9a-f]{8}\\b";

  @TempDir
  private Path folder;

  @Test
  @Order(1)
  void theProgramCreates() throws Exception {
    List<String> programs = readme().blocks("java");
    assertEquals(1, programs.size());
    assertEquals(List.of(), new Examples(folder).java(here(programs.get(0))));
  }

  @Test
  @Order(2)
  void theCommandReadsWhatTheProgramCreated() throws Exception {
    List<String> sessions = readme().blocks("console");
    assertEquals(1, sessions.size());
    String session = here(sessions.get(0));
    assertEquals(session.lines().toList(), new Examples(folder).session(session));
  }

  @Test
  @Order(3)
  void etcdctlShowsTheEntryAndGrantsWhatAUserNeeds() throws Exception {
    Examples examples = new Examples(folder);
    boolean there = examples.canRun("etcdctl");
    if (!there) {
      System.err.println("SKIPPED: there is no etcdctl; on Debian: apt-get install etcd-client");
    }
    assumeTrue(there, "etcdctl is not installed");
    String members =
        "export ETCDCTL_API=3 ETCDCTL_ENDPOINTS=" + TestCluster.shared().endpoints() + "; ";
    List<String> blocks = readme().blocks("text");
    assertEquals(2, blocks.size());
    for (String block : blocks) {
      List<String> lines = block.lines().toList();
      assertEquals(
          lines.subList(1, lines.size()).stream().map(EtcdReadmeIT::unvaried).toList(),
          examples.command(members + lines.get(0).substring(2)).stream()
              .map(EtcdReadmeIT::unvaried)
              .toList());
    }
  }

  private static Document readme() throws IOException {
    return Document.at("kv-adapter-etcd/README.md");
  }

  private static String here(String example) {
    List<EtcdNode> nodes = TestCluster.shared().nodes();
    String result = example;
    for (int i = 0; i < nodes.size(); i++) {
      result = result.replace("host" + (i + 1) + ":2379", nodes.get(i).endpoint());
    }
    return result;
  }

  private static String unvaried(String line) {
    return line.replaceAll(VARYING, "*");
  }
}
