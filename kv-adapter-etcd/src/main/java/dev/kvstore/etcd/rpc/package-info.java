/**
 * etcd's public protocol, as much of it as a store needs: messages, calls with a deadline, and which member is asked. Knows nothing
 * of entries.
 */
@NullMarked
package dev.kvstore.etcd.rpc;

import org.jspecify.annotations.NullMarked;
