/** The store's own strict reader of JSON text (RFC 8259): is it one value, and what is its compact form. */
@NullMarked
package dev.kvstore.core.json;

import org.jspecify.annotations.NullMarked;
