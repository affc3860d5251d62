package dev.kvstore.etcd;

import static dev.kvstore.etcd.Fixture.NOW;
import static dev.kvstore.etcd.Fixture.assertCode;
import static dev.kvstore.etcd.Fixture.createIn;
import static dev.kvstore.etcd.Fixture.has;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.etcd.rpc.ProtoWriter;
import dev.kvstore.etcd.rpc.RawCall;
import dev.kvstore.etcd.rpc.TimeLimit;
import dev.kvstore.etcd.testkit.EtcdNode;
import dev.kvstore.etcd.testkit.TestCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users, and encrypted connections. */
@Timeout(120)
class SecurityTest {

  private static final String PASSWORD = "pa55-w0rd";

  @TempDir
  Path folder;

  private static Map<String, String> environment(String... pairs) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return environment;
  }

  private static EtcdOptions quick(EtcdOptions options) {
    return options.withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  /** A user {@code root}, and a user {@code app} who may use the namespace {@code app} alone. */
  private static void enableUsers(TestCluster cluster) {
    call(cluster, "UserAdd", new ProtoWriter().text(1, "root").text(2, PASSWORD));
    call(cluster, "UserGrantRole", new ProtoWriter().text(1, "root").text(2, "root"));
    call(cluster, "UserAdd", new ProtoWriter().text(1, "app").text(2, PASSWORD));
    call(cluster, "RoleAdd", new ProtoWriter().text(1, "app"));
    ProtoWriter all = new ProtoWriter().number(1, 2).text(2, "app/").text(3, "app0");
    call(cluster, "RoleGrantPermission", new ProtoWriter().text(1, "app").message(2, all));
    call(cluster, "UserGrantRole", new ProtoWriter().text(1, "app").text(2, "app"));
    call(cluster, "AuthEnable", new ProtoWriter());
  }

  private static void call(TestCluster cluster, String name, ProtoWriter request) {
    RawCall.make(
        cluster.access(), "Auth/" + name, request, TimeLimit.after(Duration.ofSeconds(30)));
  }

  @Test
  void aUserUsesHisNamespaceAndNoOther() {
    try (TestCluster cluster = TestCluster.start(1, "--auth-token-ttl=2")) {
      enableUsers(cluster);
      String app = "app:" + PASSWORD;
      EtcdOptions options =
          EtcdOptions.of(cluster.location("app"), environment("ETCDCTL_USER", app));
      try (EtcdStorage storage = EtcdStorage.open(options)) {
        assertEquals(CommitResult.APPLIED, createIn(storage, "k", 1));
        // By then the token has run out, and another one is asked for.
        TimeLimit.after(Duration.ofSeconds(10)).pause(Duration.ofSeconds(4));
        assertEquals(CommitResult.APPLIED, createIn(storage, "l", 1));
        storage.compact(NOW);
        assertEquals(2, storage.status(NOW).liveEntries());
      }
      EtcdOptions elsewhere = EtcdOptions.at(cluster.location("other")).withUser("app", PASSWORD);
      assertRefused(elsewhere, "permission denied");
      assertRefused(EtcdOptions.at(cluster.location("app")), "ETCDCTL_USER");
      assertRefused(
          EtcdOptions.at(cluster.location("app")).withUser("app", PASSWORD + "x"),
          "authentication failed");
      assertRefused(
          EtcdOptions.at(cluster.location("app")).withUser("nobody", PASSWORD),
          "authentication failed");
    }
  }

  /** Each member knows tokens by itself: one that was started anew knows none. */
  @Test
  void aMemberThatDoesNotKnowTheTokenIsAskedAgain() throws Exception {
    try (TestCluster cluster = TestCluster.start(3)) {
      enableUsers(cluster);
      EtcdOptions options = EtcdOptions.at(cluster.location("app")).withUser("root", PASSWORD);
      try (EtcdStorage storage = EtcdStorage.open(options)) {
        assertEquals(CommitResult.APPLIED, createIn(storage, "k", 1));
        for (EtcdNode node : cluster.nodes()) {
          node.kill();
          node.start();
          Fixture.await(() -> answering(storage) == 3);
        }
      }
    }
  }

  private static long answering(EtcdStorage storage) {
    return storage.status(NOW).details().values().stream()
        .filter(member -> member.startsWith("etcd 3."))
        .count();
  }

  @Test
  void aUserIsNamedAlsoIfUsersAreAskedForLater() {
    try (TestCluster cluster = TestCluster.start(1)) {
      EtcdOptions options = EtcdOptions.at(cluster.location("app")).withUser("app", PASSWORD);
      try (EtcdStorage storage = EtcdStorage.open(options)) {
        assertEquals(CommitResult.APPLIED, createIn(storage, "k", 1));
        enableUsers(cluster);
        assertEquals(CommitResult.APPLIED, createIn(storage, "l", 1));
      }
    }
  }

  /** Refused at once, and without the password anywhere. */
  private static void assertRefused(EtcdOptions options, String why) {
    long start = System.nanoTime();
    StoreException refusal = assertCode(ErrorCode.STORAGE_FAILED, () -> EtcdStorage.open(options));
    assertTrue(System.nanoTime() - start < EtcdOptions.TIMEOUT.toNanos() / 2, "it took long");
    assertTrue(refusal.getMessage().contains(why), refusal::getMessage);
    StringWriter trace = new StringWriter();
    refusal.printStackTrace(new PrintWriter(trace, true));
    assertFalse(trace.toString().contains(PASSWORD), trace::toString);
  }

  @Test
  void connectionsAreEncryptedAndBothSidesShowWhoTheyAre() throws Exception {
    Certificates.Pem server = Certificates.make(folder, "server");
    Certificates.Pem client = Certificates.make(folder, "client");
    EtcdTls tls = new EtcdTls(
        Optional.of(server.certificate()),
        Optional.of(client.certificate()),
        Optional.of(client.key()));
    try (TestCluster cluster = TestCluster.start(
        1,
        tls.credentials(),
        "--cert-file=" + server.certificate(),
        "--key-file=" + server.key(),
        "--client-cert-auth",
        "--trusted-ca-file=" + client.certificate())) {
      Map<String, String> environment = environment(
          "ETCDCTL_CACERT",
          server.certificate().toString(),
          "ETCDCTL_CERT",
          client.certificate().toString(),
          "ETCDCTL_KEY",
          client.key().toString());
      try (EtcdStorage storage =
          EtcdStorage.open(EtcdOptions.of(cluster.location("ns"), environment))) {
        assertEquals(CommitResult.APPLIED, createIn(storage, "k", 1));
        assertTrue(storage.status(NOW).details().containsKey("quota"));
      }
      EtcdOptions plain = EtcdOptions.at(cluster.location("ns"));
      try (EtcdStorage storage = EtcdStorage.open(plain.withTls(tls))) {
        assertTrue(has(storage, "k"));
      }
      EtcdTls nobody =
          new EtcdTls(Optional.of(server.certificate()), Optional.empty(), Optional.empty());
      EtcdTls believing = EtcdTls.ofThisJava();
      for (EtcdOptions wrong :
          new EtcdOptions[] {plain, plain.withTls(nobody), plain.withTls(believing)}) {
        assertCode(ErrorCode.STORAGE_FAILED, () -> EtcdStorage.open(quick(wrong)));
      }
    }
  }

  @Test
  void aKeyThatIsNoneIsNotShown() throws Exception {
    Certificates.Pem client = Certificates.make(folder, "client");
    Path secret = Files.writeString(folder.resolve("secret"), PASSWORD);
    StoreException refusal = assertCode(ErrorCode.INVALID_LOCATION, () -> {
      EtcdTls tls =
          new EtcdTls(Optional.empty(), Optional.of(client.certificate()), Optional.of(secret));
      EtcdStorage.open(EtcdOptions.at("127.0.0.1:1/ns").withTls(tls));
    });
    assertTrue(refusal.getMessage().contains(secret.toString()), refusal::getMessage);
    assertFalse(refusal.getMessage().contains(PASSWORD), refusal::getMessage);
  }
}
