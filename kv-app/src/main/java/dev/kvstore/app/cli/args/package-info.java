/** The command line taken apart: the table of options, the parser and what it finds. */
@NullMarked
package dev.kvstore.app.cli.args;

import org.jspecify.annotations.NullMarked;
