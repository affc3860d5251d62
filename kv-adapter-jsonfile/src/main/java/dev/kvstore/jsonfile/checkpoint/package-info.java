/** The index as it stood at one place of the log, kept beside the data file, so that opening a store need not read all of it. */
@NullMarked
package dev.kvstore.jsonfile.checkpoint;

import org.jspecify.annotations.NullMarked;
