package dev.kvstore.core.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes random JSON texts, tokens first, so that the compact form is known without reading any JSON. */
final class JsonTexts {

  private static final String[] ODD_NUMBERS = {
    "0",
    "-0",
    "-0.0",
    "0e0",
    "1.0",
    "1.00",
    "1e400",
    "1E+400",
    "-1e-400",
    "0.1e-01",
    "12345678901234567890123456789012345678901234567890",
    "-9223372036854775809",
    "1e0000000000000000000001"
  };
  private static final String[] ODD_CHARACTERS = {
    "\\u0000",
    "\\ud800",
    "\\uDC00",
    "\\ud83d\\ude00",
    "\\n",
    "\\\\",
    "\\/",
    "\\\"",
    "\\u007F",
    "\\b\\f\\r\\t",
    " ",
    "  ",
    "/",
    "{",
    "]",
    ",",
    ":",
    "'",
    "\u007f",
    "\u0080",
    "\u00e9",
    "e\u0301",
    "\u07ff",
    "\u0800",
    "\ud7ff",
    "\ue000",
    "\ufeff",
    "\uffff",
    "\ud800\udc00",
    "\ud83d\ude00",
    "\udbff\udfff",
    "\u2028"
  };
  private static final String WHITE_SPACE = " \n\r\t";
  private static final int MAX_DEPTH = 6;

  private final Random random;

  JsonTexts(Random random) {
    this.random = random;
  }

  /** The tokens of one JSON value of any type. */
  List<String> tokens() {
    List<String> tokens = new ArrayList<>();
    value(tokens, 0);
    return tokens;
  }

  /** The tokens with random white space before, between and after them. */
  String pretty(List<String> tokens) {
    StringBuilder text = new StringBuilder(whiteSpace());
    tokens.forEach(token -> text.append(token).append(whiteSpace()));
    return text.toString();
  }

  private void value(List<String> tokens, int depth) {
    switch (random.nextInt(depth < MAX_DEPTH ? 8 : 5)) {
      case 0 -> tokens.add(pick("true", "false", "null"));
      case 1 -> tokens.add(pick(ODD_NUMBERS));
      case 2 -> tokens.add(Long.toString(random.nextLong()));
      case 3, 4 -> tokens.add(string());
      case 5 -> array(tokens, depth);
      default -> object(tokens, depth);
    }
  }

  private void array(List<String> tokens, int depth) {
    tokens.add("[");
    for (int i = random.nextInt(4); i > 0; i--) {
      value(tokens, depth + 1);
      if (i > 1) {
        tokens.add(",");
      }
    }
    tokens.add("]");
  }

  private void object(List<String> tokens, int depth) {
    tokens.add("{");
    for (int i = random.nextInt(4); i > 0; i--) {
      tokens.add(random.nextBoolean() ? "\"a\"" : string());
      tokens.add(":");
      value(tokens, depth + 1);
      if (i > 1) {
        tokens.add(",");
      }
    }
    tokens.add("}");
  }

  private String string() {
    StringBuilder text = new StringBuilder("\"");
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(random.nextBoolean() ? pick(ODD_CHARACTERS) : "x");
    }
    return text.append('"').toString();
  }

  private String whiteSpace() {
    StringBuilder text = new StringBuilder();
    for (int i = Math.max(0, random.nextInt(6) - 2); i > 0; i--) {
      text.append(WHITE_SPACE.charAt(random.nextInt(WHITE_SPACE.length())));
    }
    return text.toString();
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
