/** Tests of the file operations and of the memory off the heap. */
@NullMarked
package dev.kvstore.jsonfile.file;

import org.jspecify.annotations.NullMarked;
