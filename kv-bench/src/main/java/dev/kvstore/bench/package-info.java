/** The program: reads the command line, runs the programme, writes the reports. */
@NullMarked
package dev.kvstore.bench;

import org.jspecify.annotations.NullMarked;
