package dev.kvstore.jsonfile.recovery;

import dev.kvstore.jsonfile.index.KeyIndex;

/**
 * What a file holds.
 *
 * @param index where its entries stand
 * @param end behind the last line taken; what follows in the file is a torn tail or space allocated ahead
 * @param closedCleanly whether that line says that the store was closed, and nothing follows
 * @param tornBytes how long the torn tail is, without line feeds at its end but one; 0 if there is none
 * @param known from where on the file was read
 */
public record Recovered(
    KeyIndex index, LogEnd end, boolean closedCleanly, long tornBytes, long known) {}
