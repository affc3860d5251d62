/**
 * Trials of engines that keep their data in files, which need processes of their own, mounts or the tracing of system calls: a
 * process killed, a disk that fails, a power cut, several owners. An engine says how it is opened ({@link
 * dev.kvstore.files.trial.Engine}) and extends the contracts; it overrides no test. And the seeded bugs ({@link
 * dev.kvstore.files.trial.SeededBug}), which show that the tests bite.
 */
@NullMarked
package dev.kvstore.files.trial;

import org.jspecify.annotations.NullMarked;
