/** What every engine that keeps its data in local files needs: rules for paths, private files, and the lock of a store. */
@NullMarked
package dev.kvstore.files;

import org.jspecify.annotations.NullMarked;
