package dev.kvstore.jsonfile.checkpoint;

import dev.kvstore.jsonfile.index.ExpiryLedger;
import dev.kvstore.jsonfile.index.Hash;
import dev.kvstore.jsonfile.index.Slots;
import dev.kvstore.jsonfile.log.LogHeader;

/**
 * The index of a store at one place of its log.
 *
 * @param log which log it is of: a copy of the store has the same id, each compaction makes another generation
 * @param offset the place: where the first line begins that the index does not know, in bytes
 * @param seq the sequence number of the line before that place; 0 for the header
 * @param entries how many keys have a slot, expired or not
 * @param lineBytes how many bytes the lines in the slots have
 * @param last what the last lines before that place end with: a copy that went its own way has another
 * @param hash what the slots were placed by
 * @param expiry of the lines in the slots
 * @param slots the table; not to be changed while it is written
 */
public record Checkpoint(
    LogHeader log,
    long offset,
    long seq,
    int entries,
    long lineBytes,
    int last,
    Hash hash,
    ExpiryLedger expiry,
    Slots slots) {}
