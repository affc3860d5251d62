/** Which store is meant, and how it is opened: engines by name, default places, stores not made yet. */
@NullMarked
package dev.kvstore.app.cli.store;

import org.jspecify.annotations.NullMarked;
