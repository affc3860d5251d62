/** What can go wrong: the closed list of error codes and one exception class for each family of them. */
@NullMarked
package dev.kvstore.core.error;

import org.jspecify.annotations.NullMarked;
