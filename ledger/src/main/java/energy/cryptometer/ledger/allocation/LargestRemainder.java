package energy.cryptometer.ledger.allocation;

import energy.cryptometer.ledger.community.ParticipantEntry;
import energy.cryptometer.ledger.transaction.Credit;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Divides the energy of a step by fixed shares in parts per million, the paper's static contract
/// key. Each participant gets its share rounded down to a milliwatt-hour; what is left over goes,
/// one milliwatt-hour each, to those with the largest remainders, and between equal remainders to
/// the smaller account id. So what goes in comes out.
public final class LargestRemainder {
    private static final BigInteger WHOLE = BigInteger.valueOf(ParticipantEntry.WHOLE);

    private final Map<AccountId, Integer> shares;

    /// @param shares parts per million by account, adding up to exactly 1,000,000
    public LargestRemainder(Map<AccountId, Integer> shares) {
        this.shares = new TreeMap<>(shares);
        long sum = this.shares.values().stream().mapToLong(Integer::longValue).sum();
        boolean negative = this.shares.values().stream().anyMatch(share -> share < 0);
        if (sum != ParticipantEntry.WHOLE || negative) {
            throw new IllegalArgumentException(
                    "shares %s do not add up to %d ppm"
                            .formatted(this.shares.values(), ParticipantEntry.WHOLE));
        }
    }

    private record Part(AccountId account, long floor, long remainder) {}

    /// Divides the energy; one credit per participant, ascending by account.
    public List<Credit> divide(Energy energy) {
        List<Part> parts = new ArrayList<>();
        long floors = 0;
        for (Map.Entry<AccountId, Integer> share : shares.entrySet()) {
            BigInteger[] division =
                    BigInteger.valueOf(energy.milliwattHours())
                            .multiply(BigInteger.valueOf(share.getValue()))
                            .divideAndRemainder(WHOLE);
            parts.add(
                    new Part(
                            share.getKey(),
                            division[0].longValueExact(),
                            division[1].longValueExact()));
            floors += division[0].longValueExact();
        }
        long left = energy.milliwattHours() - floors;
        Set<AccountId> roundedUp =
                parts.stream()
                        .sorted(
                                Comparator.comparingLong(Part::remainder)
                                        .reversed()
                                        .thenComparing(Part::account))
                        .limit(left)
                        .map(Part::account)
                        .collect(Collectors.toSet());
        return parts.stream()
                .map(part -> new Credit(part.account(), total(part, roundedUp)))
                .toList();
    }

    private static Energy total(Part part, Set<AccountId> roundedUp) {
        return new Energy(part.floor() + (roundedUp.contains(part.account()) ? 1 : 0));
    }
}
