/** What every adapter that keeps its data in files needs: locations and locks. */
@NullMarked
package dev.kvstore.files;

import org.jspecify.annotations.NullMarked;
