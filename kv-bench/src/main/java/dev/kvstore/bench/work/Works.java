package dev.kvstore.bench.work;

/** The works by name. */
public final class Works {

  /** {@link FillWork}. */
  public static final String FILL = "fill";

  /** {@link TimedCreateWork}. */
  public static final String CREATE_TIMED = "create-timed";

  /** {@link CountedCreateWork}. */
  public static final String CREATE_COUNTED = "create-counted";

  /** {@link DeleteWork}. */
  public static final String DELETE = "delete";

  /** {@link SessionWork}. */
  public static final String SESSION = "session";

  /** {@link ReadWork}. */
  public static final String READ = "read";

  /** {@link ListWork}. */
  public static final String LIST = "list";

  /** {@link FirstReadWork}. */
  public static final String FIRST_READ = "first-read";

  /** {@link AbandonWork}. */
  public static final String ABANDON = "abandon";

  /** {@link MemoryWork}. */
  public static final String MEMORY = "memory";

  /** {@link ShrinkWork}. */
  public static final String SHRINK = "shrink";

  /** {@link CompactionWork}. */
  public static final String COMPACTION = "compaction";

  /** No work: the files of a filled store are looked at from outside. */
  public static final String SIZE = "size";

  /** {@link ProofWork}. */
  public static final String PROOF = "proof";

  private Works() {}

  /**
   * The work of a name. Loads no class of any other.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Work byName(String name) {
    return switch (name) {
      case FILL -> new FillWork();
      case CREATE_TIMED -> new TimedCreateWork();
      case CREATE_COUNTED -> new CountedCreateWork();
      case DELETE -> new DeleteWork();
      case SESSION -> new SessionWork();
      case READ -> new ReadWork();
      case LIST -> new ListWork();
      case FIRST_READ -> new FirstReadWork();
      case ABANDON -> new AbandonWork();
      case MEMORY -> new MemoryWork();
      case SHRINK -> new ShrinkWork();
      case COMPACTION -> new CompactionWork();
      case PROOF -> new ProofWork();
      default -> throw new IllegalArgumentException("there is no work " + name);
    };
  }
}
