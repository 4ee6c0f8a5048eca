package energy.cryptometer.ledger.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.transaction.Credit;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The contract's shares, against exact decimal fractions and one milliwatt-hour at a time.
class LargestRemainderTest {
    @Test
    void tableOneDividesEvenly() {
        AccountId x = account(1);
        AccountId y = account(2);
        LargestRemainder key = new LargestRemainder(Map.of(x, 320_000, y, 680_000));
        assertThat(key.divide(Energy.ofKilowattHours(25)))
                .containsExactly(
                        new Credit(x, Energy.ofKilowattHours(8)),
                        new Credit(y, Energy.ofKilowattHours(17)));
    }

    @Test
    void aTieGoesToTheSmallerAccount() {
        LargestRemainder key =
                new LargestRemainder(Map.of(account(9), 500_000, account(3), 500_000));
        assertThat(key.divide(new Energy(1)))
                .containsExactly(
                        new Credit(account(3), new Energy(1)), new Credit(account(9), Energy.ZERO));
    }

    @Test
    void aShareOfNothingGetsNothing() {
        LargestRemainder key =
                new LargestRemainder(
                        Map.of(account(1), 0, account(2), 333_333, account(3), 666_667));
        assertThat(key.divide(new Energy(1_000_003)).getFirst())
                .isEqualTo(new Credit(account(1), Energy.ZERO));
    }

    @Test
    void randomSharesOfRandomEnergiesAreThoseOfExactFractions() {
        Seeds.forAll(
                2_000,
                random -> {
                    Map<AccountId, Integer> shares = randomShares(random);
                    Energy energy = new Energy(random.nextLong(1L << 62) >> random.nextInt(62));
                    List<Credit> credits = new LargestRemainder(shares).divide(energy);
                    assertThat(credits).isEqualTo(oracle(shares, energy));
                    assertThat(
                                    credits.stream()
                                            .mapToLong(credit -> credit.energy().milliwattHours())
                                            .sum())
                            .isEqualTo(energy.milliwattHours());
                });
    }

    @Test
    void sharesThatAreNotAWholeAreRefused() {
        assertThatThrownBy(() -> new LargestRemainder(Map.of(account(1), 999_999)))
                .hasMessage("shares [999999] do not add up to 1000000 ppm");
        assertThatThrownBy(
                        () -> new LargestRemainder(Map.of(account(1), 1_000_001, account(2), -1)))
                .hasMessageContaining("do not add up");
    }

    /// The exact share of each, cut; then what is missing is handed out one by one, each time to
    /// the account that is furthest below its exact share, the smaller account first.
    private static List<Credit> oracle(Map<AccountId, Integer> shares, Energy energy) {
        Map<AccountId, BigDecimal> exact = new TreeMap<>();
        Map<AccountId, BigInteger> given = new TreeMap<>();
        BigInteger left = BigInteger.valueOf(energy.milliwattHours());
        for (AccountId account : shares.keySet()) {
            BigDecimal share =
                    BigDecimal.valueOf(energy.milliwattHours())
                            .multiply(BigDecimal.valueOf(shares.getOrDefault(account, 0)))
                            .movePointLeft(6);
            BigInteger whole = share.setScale(0, RoundingMode.FLOOR).toBigIntegerExact();
            exact.put(account, share);
            given.put(account, whole);
            left = left.subtract(whole);
        }
        while (left.signum() > 0) {
            AccountId poorest = exact.keySet().iterator().next();
            for (AccountId account : exact.keySet()) {
                if (lack(exact, given, account).compareTo(lack(exact, given, poorest)) > 0) {
                    poorest = account;
                }
            }
            given.merge(poorest, BigInteger.ONE, BigInteger::add);
            left = left.subtract(BigInteger.ONE);
        }
        List<Credit> credits = new ArrayList<>();
        given.forEach((account, value) ->
                credits.add(new Credit(account, new Energy(value.longValueExact()))));
        return credits;
    }

    private static BigDecimal lack(
            Map<AccountId, BigDecimal> exact, Map<AccountId, BigInteger> given, AccountId account) {
        return exact.getOrDefault(account, BigDecimal.ZERO)
                .subtract(new BigDecimal(given.getOrDefault(account, BigInteger.ZERO)));
    }

    private static Map<AccountId, Integer> randomShares(RandomGenerator random) {
        int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 7);
        Map<AccountId, Integer> shares = new TreeMap<>();
        int left = 1_000_000;
        for (int i = 1; i < count; i++) {
            int share = random.nextInt(3) == 0 ? left / (count - i + 1) : random.nextInt(left + 1);
            shares.put(account(random.nextInt()), 0);
            AccountId account = account(i + 1000 * random.nextInt(1000));
            shares.merge(account, share, Integer::sum);
            left -= share;
        }
        shares.merge(account(7), left, Integer::sum);
        return shares;
    }

    private static AccountId account(int number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) (number >>> (24 - 8 * i));
        }
        return new AccountId(Hash.of(bytes));
    }
}
