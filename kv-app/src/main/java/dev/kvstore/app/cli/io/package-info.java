/** Streams of the program: what is written where and how, what is read and how much of it. */
@NullMarked
package dev.kvstore.app.cli.io;

import org.jspecify.annotations.NullMarked;
