package dev.kvstore.jsonfile.simulation;

import dev.kvstore.jsonfile.simulation.Content.Write;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The states in which a power cut may leave a disk. Writes are cut into pieces at sectors of 512 bytes; any set of the pieces,
 * lengths and names that were not forced may survive. Also, the last write may be torn at any byte. Each state is given once.
 */
public final class PowerCuts {

  private static final int SECTOR = 512;
  private static final int ALL_SUBSETS_UP_TO = 5;

  private final Random random;
  private final int randomSubsets;
  private final boolean everyByte;

  private PowerCuts(Random random, int randomSubsets, boolean everyByte) {
    this.random = random;
    this.randomSubsets = randomSubsets;
    this.everyByte = everyByte;
  }

  /** Tears at every byte; all subsets of up to five pieces, and {@code randomSubsets} of more. */
  public static PowerCuts all(Random random, int randomSubsets) {
    return new PowerCuts(random, randomSubsets, true);
  }

  /** Tears at sectors only, and tries fewer subsets. */
  public static PowerCuts some(Random random) {
    return new PowerCuts(random, 4, false);
  }

  /** Gives every state once. */
  public void of(SimulatedDisk disk, Consumer<SimulatedDisk> states) {
    List<Pending> pieces = pieces(disk.pending());
    Set<Map<Path, ByteBuffer>> seen = new HashSet<>();
    Consumer<List<Pending>> give = survivors -> {
      SimulatedDisk state = disk.afterPowerCut(survivors);
      if (seen.add(fingerprint(state))) {
        states.accept(state);
      }
    };
    for (int i = 0; i <= pieces.size(); i++) {
      give.accept(pieces.subList(0, i));
    }
    if (pieces.size() <= ALL_SUBSETS_UP_TO) {
      for (int mask = 0; mask < 1 << pieces.size(); mask++) {
        give.accept(subset(pieces, mask));
      }
    } else {
      for (int i = 0; i < pieces.size(); i++) {
        List<Pending> without = new ArrayList<>(pieces);
        without.remove(i);
        give.accept(without);
      }
      for (int i = 0; i < randomSubsets; i++) {
        give.accept(pieces.stream().filter(piece -> random.nextBoolean()).toList());
      }
    }
    if (everyByte) {
      tearLastWrite(disk.pending(), give);
    }
  }

  private static void tearLastWrite(List<Pending> pending, Consumer<List<Pending>> give) {
    int last = pending.size() - 1;
    if (last >= 0
        && pending.get(last) instanceof Pending.OfFile file
        && file.change() instanceof Write write) {
      // Without the length that goes before it, so that each tear is also the end of the file.
      List<Pending> before = pending.stream()
          .limit(last)
          .filter(change -> !(change instanceof Pending.OfFile other
              && other.content() == file.content()
              && other.change() instanceof Content.Grow))
          .toList();
      for (int length = 1; length < lengthOfText(write.bytes()) + 3; length++) {
        List<Pending> torn = new ArrayList<>(before);
        torn.add(part(file, write, 0, length));
        give.accept(torn);
      }
    }
  }

  /** Up to the last byte that is no line feed; tears in the space behind it differ in its length alone. */
  private static int lengthOfText(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == '\n') {
      length--;
    }
    return Math.min(length, bytes.length - 3);
  }

  private static List<Pending> pieces(List<Pending> pending) {
    List<Pending> pieces = new ArrayList<>();
    for (Pending change : pending) {
      if (change instanceof Pending.OfFile file && file.change() instanceof Write write) {
        for (int start = 0; start < write.bytes().length; ) {
          int end = Math.min(
              write.bytes().length, start + SECTOR - Math.floorMod(write.offset() + start, SECTOR));
          pieces.add(part(file, write, start, end));
          start = end;
        }
      } else {
        pieces.add(change);
      }
    }
    return pieces;
  }

  private static Pending part(Pending.OfFile file, Write write, int start, int end) {
    return new Pending.OfFile(
        file.content(),
        new Write(write.offset() + start, Arrays.copyOfRange(write.bytes(), start, end)));
  }

  private static List<Pending> subset(List<Pending> pieces, int mask) {
    List<Pending> chosen = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      if ((mask >> i & 1) == 1) {
        chosen.add(pieces.get(i));
      }
    }
    return chosen;
  }

  private static Map<Path, ByteBuffer> fingerprint(SimulatedDisk disk) {
    Map<Path, ByteBuffer> files = new TreeMap<>();
    for (Path file : disk.files()) {
      files.put(file, ByteBuffer.wrap(disk.bytes(file)));
    }
    return files;
  }
}
