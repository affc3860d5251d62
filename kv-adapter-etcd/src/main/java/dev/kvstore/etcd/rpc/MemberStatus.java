package dev.kvstore.etcd.rpc;

import java.util.Optional;

/**
 * How a member is.
 *
 * @param endpoint where it was asked
 * @param id its number
 * @param version its version of etcd
 * @param dbBytes the length of its file
 * @param leader the number of the leader that it knows; 0 for none
 * @param revision the newest revision that it has
 * @param quotaBytes how long its file may become; empty if it does not tell (etcd before 3.6)
 */
public record MemberStatus(
    Endpoint endpoint,
    long id,
    String version,
    long dbBytes,
    long leader,
    long revision,
    Optional<Long> quotaBytes) {

  static MemberStatus read(Endpoint endpoint, ProtoReader reader) {
    long id = 0;
    long revision = 0;
    String version = "";
    long dbBytes = 0;
    long leader = 0;
    long quota = 0;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> {
          ProtoReader header = reader.message();
          while (header.next()) {
            if (header.field() == 2) {
              id = header.number();
            } else if (header.field() == 3) {
              revision = header.number();
            }
          }
        }
        case 2 -> version = reader.text();
        case 3 -> dbBytes = reader.number();
        case 4 -> leader = reader.number();
        case 12 -> quota = reader.number();
        default -> {}
      }
    }
    return new MemberStatus(
        endpoint,
        id,
        version,
        dbBytes,
        leader,
        revision,
        quota > 0 ? Optional.of(quota) : Optional.empty());
  }

  /** Whether it is the leader. */
  public boolean isLeader() {
    return id == leader;
  }
}
