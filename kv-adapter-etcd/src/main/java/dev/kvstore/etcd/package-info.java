/**
 * The engine that keeps a store in an etcd cluster, for many processes on many machines; {@link dev.kvstore.etcd.EtcdStorage} is its
 * way in.
 */
@NullMarked
package dev.kvstore.etcd;

import org.jspecify.annotations.NullMarked;
