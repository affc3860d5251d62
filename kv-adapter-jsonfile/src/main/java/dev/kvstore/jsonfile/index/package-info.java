/** Where the entry of each key stands in the file. */
@NullMarked
package dev.kvstore.jsonfile.index;

import org.jspecify.annotations.NullMarked;
