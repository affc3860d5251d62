/** Writing the live entries to a new generation of the file, and when that is worth it. */
@NullMarked
package dev.kvstore.jsonfile.compaction;

import org.jspecify.annotations.NullMarked;
