/** Real clusters on the loopback interface, for tests here and in other modules. */
package dev.kvstore.etcd.testkit;
