/** What is measured inside one process: each class does one work on one engine, and prints what it measured. */
@NullMarked
package dev.kvstore.bench.work;

import org.jspecify.annotations.NullMarked;
