/** What the reader gets: rows, the table, results.json, and plots. */
@NullMarked
package dev.kvstore.bench.report;

import org.jspecify.annotations.NullMarked;
