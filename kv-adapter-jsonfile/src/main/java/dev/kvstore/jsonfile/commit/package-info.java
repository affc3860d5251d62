/** Group commit: many callers, one writer at a time. */
@NullMarked
package dev.kvstore.jsonfile.commit;

import org.jspecify.annotations.NullMarked;
