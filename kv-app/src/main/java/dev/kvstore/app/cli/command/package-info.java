/** The commands, one class each, and the table of them. */
@NullMarked
package dev.kvstore.app.cli.command;

import org.jspecify.annotations.NullMarked;
