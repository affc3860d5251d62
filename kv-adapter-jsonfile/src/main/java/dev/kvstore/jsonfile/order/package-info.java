/** The keys in their order, for lists: sorted runs of line offsets off the heap, and a delta of what came after. */
@NullMarked
package dev.kvstore.jsonfile.order;

import org.jspecify.annotations.NullMarked;
