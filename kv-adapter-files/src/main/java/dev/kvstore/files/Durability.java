package dev.kvstore.files;

/** What an acknowledged write has survived. In every mode it survives the end of the process, however that comes. */
public enum Durability {
  /** The default: it is forced to the disk, and survives a crash of the machine and a power cut. */
  SYNC,
  /** It is forced within a tenth of a second; a crash of the machine may lose the writes of that time, the last ones first. */
  BATCH,
  /** It is forced when the store is closed or compacted; a crash of the machine may lose every write since. */
  NONE
}
