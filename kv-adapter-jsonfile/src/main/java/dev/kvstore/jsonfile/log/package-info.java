/** The lines of the file: their form, their checksums, how to write and to read one. Described in FORMAT.md. */
@NullMarked
package dev.kvstore.jsonfile.log;

import org.jspecify.annotations.NullMarked;
