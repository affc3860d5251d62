package dev.kvstore.app.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.InvalidInputException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultFolderTest {

  @Test
  void linuxFollowsXdg() {
    assertEquals(
        "/data/kv", DefaultFolder.of(Map.of("XDG_DATA_HOME", "/data", "HOME", "/h"), "Linux"));
    assertEquals("/h/.local/share/kv", DefaultFolder.of(Map.of("HOME", "/h"), "Linux"));
    assertEquals(
        "/h/.local/share/kv",
        DefaultFolder.of(Map.of("XDG_DATA_HOME", "relative", "HOME", "/h"), "Linux"));
    assertEquals(
        "/h/.local/share/kv",
        DefaultFolder.of(Map.of("XDG_DATA_HOME", "", "HOME", "/h"), "FreeBSD"));
  }

  @Test
  void macAndWindowsHaveTheirOwn() {
    assertEquals(
        "/Users/a/Library/Application Support/kv",
        DefaultFolder.of(Map.of("HOME", "/Users/a", "XDG_DATA_HOME", "/x"), "Mac OS X"));
    assertEquals(
        "C:\\Users\\a\\AppData\\Local\\kv",
        DefaultFolder.of(Map.of("LOCALAPPDATA", "C:\\Users\\a\\AppData\\Local"), "Windows 11"));
  }

  @Test
  void withoutAHomeThereIsNone() {
    refused(Map.of(), "Linux", "HOME is not set");
    refused(Map.of("HOME", ""), "Mac OS X", "HOME is not set");
    refused(Map.of("HOME", "here"), "Linux", "HOME is no absolute path");
    refused(Map.of("HOME", "/h"), "Windows 11", "LOCALAPPDATA is not set");
  }

  private static void refused(Map<String, String> environment, String system, String why) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> DefaultFolder.of(environment, system));
    assertEquals(ErrorCode.INVALID_LOCATION, e.code());
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }
}
