/** The store under Lincheck, which makes short scenarios of a few threads and looks whether their answers have an order. */
package dev.kvstore.core.contract.lincheck;
