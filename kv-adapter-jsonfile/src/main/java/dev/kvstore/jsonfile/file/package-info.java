/** The few file operations that the engine needs, behind an interface, so that tests can make each of them fail. */
@NullMarked
package dev.kvstore.jsonfile.file;

import org.jspecify.annotations.NullMarked;
