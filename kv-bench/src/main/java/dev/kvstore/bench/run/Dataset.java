package dev.kvstore.bench.run;

/** The contents of a filled store: how many entries of which size, in bytes. */
record Dataset(int valueBytes, long entries) {}
