package dev.kvstore.jsonfile.recovery;

import dev.kvstore.jsonfile.log.LogLine;

/**
 * A valid line, and where it stands.
 *
 * @param line what it says
 * @param offset of its first byte
 * @param length in bytes, with its line feed
 * @param number from 1; the header is the first
 */
public record SurveyedLine(LogLine line, long offset, int length, long number) {}
