package dev.kvstore.jsonfile.simulation;

/** The kinds of operations of a file system, as faults and observers count them. */
public enum Operation {
  HAS_DATA_FILE,
  LOCK,
  CREATE_FOLDERS,
  EXISTS,
  OPEN,
  CREATE,
  RENAME,
  DELETE,
  FORCE_FOLDER,
  SIZE,
  READ,
  WRITE,
  WRITE_FORCED,
  TRUNCATE,
  FORCE
}
