package dev.kvstore.jsonfile.recovery;

import dev.kvstore.jsonfile.index.KeyIndex;

/**
 * What a file holds.
 *
 * @param index where its entries stand
 * @param end the offset behind the last line taken; what follows in the file is a torn tail or space allocated ahead
 * @param lastSeq the sequence number of that line; 0 if only the header is there
 * @param closedCleanly whether that line says that the store was closed, and nothing follows
 * @param tornTail whether what follows is more than line feeds
 */
public record Recovered(
    KeyIndex index, long end, long lastSeq, boolean closedCleanly, boolean tornTail) {}
