/**
 * The executable contract of {@link dev.kvstore.core.port.StoragePort}, for every engine, ours or a stranger's: extend {@link
 * dev.kvstore.core.contract.StoragePortContract} and {@link dev.kvstore.core.contract.StoreModelContract}. With it an engine in
 * memory and a clock to set, for tests of what lies above the port.
 */
package dev.kvstore.core.contract;
