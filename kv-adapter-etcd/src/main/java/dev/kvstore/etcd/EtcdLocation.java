package dev.kvstore.etcd;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.etcd.rpc.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as a person writes it: {@code host1:2379,host2:2379/namespace}. A host may have {@code http://} or {@code https://} before
 * it.
 *
 * @param endpoints where the members listen; empty if the address does not say
 * @param namespace where the store lies
 * @param encrypted what the schemes say; empty if there are none
 */
record EtcdLocation(List<Endpoint> endpoints, String namespace, Optional<Boolean> encrypted) {

  static final int DEFAULT_PORT = 2379;

  private static final Pattern ENDPOINT = Pattern.compile(
      "(?:(https?)://)?(?:\\[([0-9A-Fa-f:.%]+)]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?/?");

  /** Reads it; INVALID_LOCATION if it is none. */
  static EtcdLocation parse(String text) {
    int slash = text.lastIndexOf('/');
    if (slash < 0) {
      throw invalid(text, "names no namespace");
    }
    String namespace = text.substring(slash + 1);
    if (!Namespace.isValid(namespace)) {
      throw invalid(
          text,
          "must end with a namespace of 1 to 64 letters, digits, dots, hyphens and underscores");
    }
    return parseEndpoints(text.substring(0, slash)).in(namespace);
  }

  /** Reads a list of endpoints, which may be empty. */
  static EtcdLocation parseEndpoints(String text) {
    List<Endpoint> endpoints = new ArrayList<>();
    List<Boolean> schemes = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      Matcher matcher = ENDPOINT.matcher(part.strip());
      if (!matcher.matches()) {
        throw invalid(text, "names an endpoint that is not of the form host:port");
      }
      String port = Optional.ofNullable(matcher.group(4)).orElse(String.valueOf(DEFAULT_PORT));
      if (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
        throw invalid(text, "names a port that is not from 1 to 65535");
      }
      String host = Optional.ofNullable(matcher.group(2)).orElseGet(() -> matcher.group(3));
      if (matcher.group(2) != null && !isAddress(matcher.group(2))) {
        throw invalid(text, "names an address in brackets that is none of IPv6");
      }
      endpoints.add(new Endpoint(host, Integer.parseInt(port)));
      if (matcher.group(1) != null) {
        schemes.add(matcher.group(1).equals("https"));
      }
    }
    if (schemes.stream().distinct().count() > 1) {
      throw invalid(text, "mixes http and https");
    }
    return new EtcdLocation(endpoints, "", schemes.stream().findFirst());
  }

  private static boolean isAddress(String literal) {
    try {
      // In brackets it is never looked up.
      return InetAddress.getByName("[" + literal + "]") != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private EtcdLocation in(String name) {
    return new EtcdLocation(endpoints, name, encrypted);
  }

  private static InvalidInputException invalid(String text, String fault) {
    String form = "; write etcd:host1:2379,host2:2379/namespace";
    if (text.contains("@")) {
      // What stands before it may be a password.
      return InvalidInputException.location(
          "the address of the etcd store holds an @" + form
              + ", and put user and password into ETCDCTL_USER and ETCDCTL_PASSWORD",
          Map.of());
    }
    return InvalidInputException.location(
        "the address " + Printable.quote(text) + " " + fault + form, Map.of("location", text));
  }
}
