/** Tests of the index that is kept beside the data file. */
@NullMarked
package dev.kvstore.jsonfile.checkpoint;

import org.jspecify.annotations.NullMarked;
