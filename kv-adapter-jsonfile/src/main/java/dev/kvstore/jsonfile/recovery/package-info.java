/** Reading a file from its beginning: what is valid, what is a torn tail, what is damage. */
@NullMarked
package dev.kvstore.jsonfile.recovery;

import org.jspecify.annotations.NullMarked;
