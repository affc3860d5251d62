/**
 * Histories of many threads on one store, recorded and checked afterwards: is there an order of the operations, one after the
 * other, that explains every answer and keeps to the time?
 */
package dev.kvstore.core.contract.history;
