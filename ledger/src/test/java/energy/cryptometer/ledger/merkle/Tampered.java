package energy.cryptometer.ledger.merkle;

import energy.cryptometer.ledger.hash.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Every small way to spoil a path.
final class Tampered {

    private Tampered() {}

    /// The path with one bit flipped, for every bit.
    static Stream<List<Hash>> oneBit(List<Hash> path) {
        return IntStream.range(0, path.size() * Hash.BYTES * 8)
                .mapToObj(bit -> {
                    List<Hash> copy = new ArrayList<>(path);
                    int at = bit / (Hash.BYTES * 8);
                    copy.set(at, flipped(path.get(at), bit % (Hash.BYTES * 8)));
                    return copy;
                });
    }

    /// The path with one hash dropped, doubled, or added from outside, at every place, and with
    /// every two different hashes swapped.
    static List<List<Hash>> shape(List<Hash> path, Hash stranger) {
        List<List<Hash>> spoiled = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            List<Hash> dropped = new ArrayList<>(path);
            dropped.remove(i);
            spoiled.add(dropped);
            List<Hash> doubled = new ArrayList<>(path);
            doubled.add(i, path.get(i));
            spoiled.add(doubled);
            for (int j = i + 1; j < path.size(); j++) {
                List<Hash> swapped = new ArrayList<>(path);
                Collections.swap(swapped, i, j);
                spoiled.add(swapped);
            }
        }
        for (int i = 0; i <= path.size(); i++) {
            List<Hash> added = new ArrayList<>(path);
            added.add(i, stranger);
            spoiled.add(added);
        }
        return spoiled;
    }

    static Hash flipped(Hash hash, int bit) {
        byte[] bytes = hash.toBytes();
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        return Hash.of(bytes);
    }
}
