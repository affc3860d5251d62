package dev.kvstore.core.contract.history;

import java.util.List;

/**
 * An operation of a history. It takes all its steps at one instant.
 *
 * @param thread who called; the operations of a thread come one after the other
 * @param start when it began, in events since the history began
 * @param end when it returned, or its process died
 * @param steps what it saw and did
 * @param certain whether it returned; one that did not may have happened or not
 */
record Operation(int thread, long start, long end, List<Step> steps, boolean certain) {}
