package dev.kvstore.etcd.rpc;

/** What every answer begins with. */
final class Header {

  private Header() {}

  /** The newest revision of the member that answered. */
  static long revision(ProtoReader header) {
    long revision = 0;
    while (header.next()) {
      if (header.field() == 3) {
        revision = header.number();
      }
    }
    return revision;
  }
}
