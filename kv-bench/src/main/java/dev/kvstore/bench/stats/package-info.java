/** Plain statistics: medians, percentiles, ranks, and when an order is no more than noise. */
@NullMarked
package dev.kvstore.bench.stats;

import org.jspecify.annotations.NullMarked;
