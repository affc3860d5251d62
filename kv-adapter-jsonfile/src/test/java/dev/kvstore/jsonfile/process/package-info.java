/** Stores in processes of their own, to be killed, locked out and watched. */
@NullMarked
package dev.kvstore.jsonfile.process;

import org.jspecify.annotations.NullMarked;
