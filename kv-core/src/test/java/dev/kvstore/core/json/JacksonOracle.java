package dev.kvstore.core.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Says by Jackson whether bytes are one JSON text, and of which tokens. Jackson guesses the encoding of bytes and is lax about
 * UTF-8, so the bytes are decoded here first by the strict decoder of the JDK; a byte order mark is refused, and so is a
 * second value. Jackson also refuses escapes of lone surrogates in names, which RFC 8259 allows, so it is shown each escape of a
 * surrogate as one of a character for private use. And it takes any character in an escape for the hexadecimal digit that the
 * character's low byte would be, so those escapes are looked at here.
 */
final class JacksonOracle {

  /** An escape whose backslash is not itself escaped; what comes before the "d" is kept. */
  private static final Pattern SURROGATE_ESCAPE =
      Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*\\\\u)[dD](?=[89a-fA-F][0-9a-fA-F]{2})");

  private static final Pattern WRONG_ESCAPE =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u(?![0-9a-fA-F]{4})");

  private final JsonFactory factory;

  JacksonOracle(int maxDepth) {
    factory = JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(maxDepth)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build())
        .build();
  }

  /** The tokens with their texts, numbers to the letter and strings decoded; empty if the bytes are not one JSON text. */
  Optional<String> tokens(byte[] bytes) {
    Optional<String> text = decode(bytes);
    if (text.isEmpty()
        || text.get().startsWith("\ufeff")
        || WRONG_ESCAPE.matcher(text.get()).find()) {
      return Optional.empty();
    }
    String shown = SURROGATE_ESCAPE.matcher(text.get()).replaceAll("$1e");
    StringBuilder tokens = new StringBuilder();
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), shown)) {
      int values = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        tokens.append(token).append(' ').append(parser.getString()).append('\n');
        if (parser.streamReadContext().inRoot()) {
          values++;
        }
      }
      return values == 1 ? Optional.of(tokens.toString()) : Optional.empty();
    } catch (JacksonException refused) {
      return Optional.empty();
    }
  }

  private static Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString());
    } catch (CharacterCodingException refused) {
      return Optional.empty();
    }
  }
}
