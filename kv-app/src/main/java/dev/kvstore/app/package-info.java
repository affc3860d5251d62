/** The command line program. */
@NullMarked
package dev.kvstore.app;

import org.jspecify.annotations.NullMarked;
