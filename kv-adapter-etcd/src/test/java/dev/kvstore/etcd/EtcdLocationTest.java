package dev.kvstore.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, and what the environment adds to them. */
class EtcdLocationTest {

  private static String location(String address, String... environment) {
    return EtcdOptions.of(address, environment(environment)).location();
  }

  private static Map<String, String> environment(String... pairs) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return environment;
  }

  @ParameterizedTest
  @CsvSource({
    "'a:1,b:2/ns', 'etcd:a:1,b:2/ns'",
    "'a/ns', 'etcd:a:2379/ns'",
    "'http://a:1,http://b/n.s_-9', 'etcd:a:1,b:2379/n.s_-9'",
    "'https://a:1/ns', 'etcd:a:1/ns'",
    "'[::1]:5,127.0.0.1/ns', 'etcd:[::1]:5,127.0.0.1:2379/ns'",
    "'/ns', 'etcd:127.0.0.1:2379/ns'",
  })
  void readsAddresses(String address, String expected) {
    assertEquals(expected, location(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a:1",
        "a:1/",
        "a:1/x/y",
        "a:1/n s",
        "a:1/n\u0000",
        "a:0/n",
        "a:65536/n",
        "a:x/n",
        "a:1,,b:2/n",
        ",/n",
        "a b:1/n",
        "http://a,https://b/n",
        "ftp://a/n",
        "https://a:1",
        "::1:5/n",
        "a:1;x/n"
      })
  void refusesWhatIsNone(String address) {
    StoreException refusal =
        Fixture.assertCode(ErrorCode.INVALID_LOCATION, () -> EtcdOptions.at(address));
    assertTrue(refusal.getMessage().contains("/namespace"), refusal::getMessage);
  }

  @Test
  void aPasswordInTheAddressIsNotRepeated() {
    StoreException refusal = Fixture.assertCode(
        ErrorCode.INVALID_LOCATION, () -> EtcdOptions.at("root:secret@host:1/ns"));
    assertFalse(refusal.toString().contains("secret"), refusal::toString);
    assertFalse(refusal.details().toString().contains("secret"));
    assertTrue(refusal.getMessage().contains("ETCDCTL_USER"), refusal::getMessage);
  }

  @Test
  void whatStandsInBracketsMustBeAnAddress() {
    assertEquals("etcd:[::1]:2379/ns", location("[::1]/ns"));
    Fixture.assertCode(ErrorCode.INVALID_LOCATION, () -> location("[::::]/ns"));
  }

  @Test
  void theEnvironmentNamesHostsWhereTheAddressDoesNot() {
    String[] set = {"ETCDCTL_ENDPOINTS", "http://x:1,http://y:2"};
    assertEquals("etcd:x:1,y:2/ns", location("/ns", set));
    assertEquals("etcd:a:1/ns", location("a:1/ns", set));
    assertEquals("etcd:127.0.0.1:2379/ns", location("/ns", "ETCDCTL_ENDPOINTS", ""));
  }

  @Test
  void filesOrASchemeAskForEncryption() {
    String[] files = {"ETCDCTL_CACERT", "ca.pem"};
    assertTrue(EtcdOptions.of("a/ns", environment(files)).isEncrypted());
    assertTrue(EtcdOptions.of("https://a/ns", Map.of()).isEncrypted());
    assertFalse(EtcdOptions.of("http://a/ns", environment(files)).isEncrypted());
    assertFalse(EtcdOptions.of("a/ns", Map.of()).isEncrypted());
  }

  @Test
  void aCertificateNeedsItsKey() {
    Fixture.assertCode(
        ErrorCode.INVALID_LOCATION,
        () -> EtcdOptions.of("a/ns", environment("ETCDCTL_CERT", "cert.pem")));
  }

  @Test
  void aUserNeedsAPasswordThatNothingShows() {
    Fixture.assertCode(
        ErrorCode.INVALID_LOCATION,
        () -> EtcdOptions.of("a/ns", environment("ETCDCTL_USER", "root")));
    for (String[] set : new String[][] {
      {"ETCDCTL_USER", "root:se:cret"}, {"ETCDCTL_USER", "root", "ETCDCTL_PASSWORD", "se:cret"}
    }) {
      EtcdOptions options = EtcdOptions.of("a/ns", environment(set));
      assertEquals("se:cret", options.access().user().orElseThrow().password());
      assertFalse((options + " " + options.access()).contains("cret"), options::toString);
    }
  }
}
