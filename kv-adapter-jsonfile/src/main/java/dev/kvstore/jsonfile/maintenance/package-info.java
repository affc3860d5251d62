/** What is done with a whole store beside its daily use: checking it, salvaging what a damaged one holds, writing a copy. */
@NullMarked
package dev.kvstore.jsonfile.maintenance;

import org.jspecify.annotations.NullMarked;
