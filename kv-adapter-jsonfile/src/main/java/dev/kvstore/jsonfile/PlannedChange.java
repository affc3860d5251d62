package dev.kvstore.jsonfile;

import dev.kvstore.core.port.Mutation;
import dev.kvstore.jsonfile.index.Slot;
import org.jspecify.annotations.Nullable;

/**
 * A mutation that changes something.
 *
 * @param old the slot that its key has before, expired or not, or null
 */
record PlannedChange(Mutation mutation, @Nullable Slot old) {}
