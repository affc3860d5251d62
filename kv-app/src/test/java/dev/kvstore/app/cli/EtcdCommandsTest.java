package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kvstore.app.wiring.DaggerEngineComponent;
import dev.kvstore.etcd.testkit.TestCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a store in a real etcd cluster. */
class EtcdCommandsTest {

  @TempDir
  Path folder;

  private final Program kv = new Program();

  private String etcd() {
    return "etcd:" + TestCluster.shared().location("kv-" + UUID.randomUUID());
  }

  private void use(String store) {
    kv.engines.putAll(DaggerEngineComponent.create().engines());
    kv.environment.put("KV_STORE", store);
  }

  @Test
  void theCommandsWorkAsOnAFile() {
    use(etcd());
    assertTrue(kv.run("list").fails(10).startsWith("kv: STORE_MISSING: "));
    kv.run("create", "a", "{ \"n\":1e400 }", "--ttl", "10").prints("");
    kv.run("create", "k", "{}").prints("");
    assertTrue(kv.run("create", "k", "{}").fails(4).startsWith("kv: KEY_EXISTS: "));
    kv.runWithInput("{\"delete\":\"k\"}\n{\"put\":\"c\",\"value\":{\"x\":1.0}}", "apply", "-")
        .prints("");
    kv.run("compact").prints("");
    kv.run("list", "--values").prints("""
            {"key":"a","value":{"n":1e400},"expiresAt":"2023-11-14T22:13:30.000Z"}
            {"key":"c","value":{"x":1.0}}
            """);
    kv.run("list", "--read-only").prints("a\nc\n");
    kv.clock.advance(10_000);
    kv.run("list").prints("c\n");
    assertTrue(kv.run("read", "a").fails(3).startsWith("kv: KEY_NOT_FOUND: "));
  }

  @Test
  void statsShowTheCluster() {
    String store = etcd();
    use(store);
    kv.run("create", "a", "{}").prints("");
    String stats = kv.run("stats").out();
    String endpoint = TestCluster.shared().nodes().get(0).endpoint();
    for (String shown : List.of(
        "engine     etcd\n",
        "location   " + store + "\n",
        "entries    1\n",
        "member " + endpoint + " etcd 3.",
        ", leader\n",
        "revision   ",
        "quota      ")) {
      assertTrue(stats.contains(shown), () -> shown + " is not in " + stats);
    }
    String json = kv.run("stats", "--json").out();
    assertTrue(json.contains("\"details\":{\"member "), json);
    kv.run("path").prints(store + "\n");
  }

  @Test
  void aStoreMovesToTheClusterAndBack() {
    String store = etcd();
    use(folder.resolve("a.jsonl").toString());
    String lines = IntStream.range(0, 300)
        .mapToObj(i -> "{\"key\":\"k" + (1_000 + i) + "\",\"value\":{\"n\":1.0e" + i + "}"
            + (i % 3 == 0 ? ",\"expiresAt\":\"2033-11-14T22:13:30.123Z\"" : "") + "}\n")
        .collect(Collectors.joining());
    kv.runWithInput(lines, "import", "-").prints("");
    kv.run("copy", folder.resolve("a.jsonl").toString(), store, "--verify").prints("");
    kv.run("copy", store, folder.resolve("b.jsonl").toString(), "--verify").prints("");
    kv.run("-s", store, "backup", folder.resolve("c.jsonl").toString()).prints("");
    for (String same : List.of("a.jsonl", "b.jsonl", "c.jsonl")) {
      assertEquals(
          lines, kv.run("-s", folder.resolve(same).toString(), "export").out(), same);
    }
    kv.run("-s", store, "export").prints(lines);
    String other = etcd();
    kv.runWithInput(lines, "-s", other, "import", "-").prints("");
    kv.run("-s", other, "export").prints(lines);
  }

  @Test
  void aSessionThatIsTooLargeIsRefusedAlsoBeforeTheStoreIsMade() {
    use(etcd());
    String lines = IntStream.range(0, 65)
        .mapToObj(i -> "{\"create\":\"k" + i + "\",\"value\":{}}")
        .collect(Collectors.joining("\n"));
    String error = kv.runWithInput(lines, "apply", "-").fails(5);
    assertTrue(error.startsWith("kv: SESSION_TOO_LARGE: line 65: "), error);
    assertTrue(error.contains("64"), error);
    assertTrue(kv.run("list").fails(10).startsWith("kv: STORE_MISSING: "));
  }

  @TestFactory
  Stream<DynamicTest> everyViolationIsToldInOneLineAndChangesNothing() {
    use(etcd());
    kv.run("put", "old", "{\"v\":2}").prints("");
    return Stream.concat(
        Violations.all().stream()
            .map(violation -> dynamicTest(violation.toString(), () -> violation.isRefusedBy(kv))),
        Stream.of(dynamicTest(
            "nothing has changed",
            () -> kv.run("list", "--values").prints("{\"key\":\"old\",\"value\":{\"v\":2}}\n"))));
  }

  @Test
  void whatTheEngineCannotDoIsSaid() {
    use("etcd:127.0.0.1:1/kv");
    for (String[] line : new String[][] {
      {"--max-size", "1000000", "create", "k", "{}"},
      {"--durability", "none", "create", "k", "{}"},
      {"verify"}
    }) {
      assertTrue(kv.run(line).fails(2).startsWith("kv: UNSUPPORTED: "), line[0]);
    }
    kv.environment.put("KV_STORE", "etcd:host:1");
    assertTrue(kv.run("create", "k", "{}").fails(5).startsWith("kv: INVALID_LOCATION: "));
    kv.run("-s", "etcd:", "path").prints("etcd:127.0.0.1:2379/kv\n");
  }
}
