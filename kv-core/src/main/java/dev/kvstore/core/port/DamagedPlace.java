package dev.kvstore.core.port;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A place of a store that cannot be read as it was written, or that is lost with one that cannot.
 *
 * @param file the path of the file that holds it
 * @param offset its first byte, from 0, if the engine knows
 * @param line its number, from 1, if the file is text
 * @param key whose entry stood there, as far as that can still be read: a guess where the place is damaged. Raw: it may hold
 *     what a terminal would obey
 * @param fault what is wrong there, for a person; goes to a terminal as it is
 */
public record DamagedPlace(
    String file, OptionalLong offset, OptionalLong line, Optional<String> key, String fault) {}
