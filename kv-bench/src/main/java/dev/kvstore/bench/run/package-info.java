/** The run as a whole: what is measured in which order, a process for each measurement, and the proof of the forces. */
@NullMarked
package dev.kvstore.bench.run;

import org.jspecify.annotations.NullMarked;
