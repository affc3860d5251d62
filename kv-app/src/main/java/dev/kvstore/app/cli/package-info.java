/** The command line: runs the command that it names, reports errors, and tells the exit code. */
@NullMarked
package dev.kvstore.app.cli;

import org.jspecify.annotations.NullMarked;
