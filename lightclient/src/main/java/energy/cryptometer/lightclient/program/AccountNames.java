package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Json;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.state.Account;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.unit.AccountId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How people name accounts: by a name from a private file, by the whole number, or by its first
/// eight digits or more where that is enough.
final class AccountNames {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int LEAST_DIGITS = 8;

    private final List<AccountId> known;
    private final Map<String, AccountId> byName = new TreeMap<>();

    private AccountNames(List<AccountId> known) {
        this.known = known;
    }

    /// @param file the names, if there is such a file
    static AccountNames of(Genesis genesis, Optional<Path> file) {
        AccountNames names =
                new AccountNames(
                        Accounts.of(genesis).leaves().stream().map(Account::account).toList());
        file.ifPresent(names::read);
        return names;
    }

    private void read(Path file) {
        byte[] bytes = ChainOptions.bounded(file, MAX_BYTES);
        Json entries = Json.readObject(new String(bytes, StandardCharsets.UTF_8), file.toString());
        for (String name : entries.keys()) {
            String account = entries.object(name).text("account");
            try {
                byName.put(name, AccountId.ofHex(account));
            } catch (IllegalArgumentException refused) {
                throw new CommandFailure(
                        ExitCode.DATA,
                        "%s: account of '%s': %s".formatted(file, name, refused.getMessage()),
                        refused);
            }
        }
    }

    /// The account a person means.
    ///
    /// @throws CommandFailure USAGE if none, or more than one, is meant
    AccountId resolve(String said) {
        AccountId named = byName.get(said);
        if (named != null) {
            return member(named, said);
        }
        String digits = said.toLowerCase(Locale.ROOT);
        if (digits.length() < LEAST_DIGITS || !digits.matches("[0-9a-f]{8,64}")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "account '%s' is neither a name%s nor %d to 64 hexadecimal digits"
                            .formatted(
                                    said,
                                    byName.isEmpty()
                                            ? " (names need --accounts)"
                                            : " among " + String.join(", ", byName.keySet()),
                                    LEAST_DIGITS));
        }
        List<AccountId> meant =
                known.stream().filter(id -> id.toString().startsWith(digits)).toList();
        if (meant.size() != 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    meant.isEmpty()
                            ? "the community has no account '%s'".formatted(said)
                            : "account '%s' may mean %d accounts: give more digits"
                                    .formatted(said, meant.size()));
        }
        return meant.getFirst();
    }

    private AccountId member(AccountId id, String said) {
        if (!known.contains(id)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "'%s' is account %s, which the community does not have".formatted(said, id));
        }
        return id;
    }

    /// The name of an account, if it has one.
    Optional<String> name(AccountId id) {
        return byName.entrySet().stream()
                .filter(entry -> entry.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// What to call an account: its name, or its first sixteen digits.
    String call(AccountId id) {
        return name(id).orElseGet(() -> id.toString().substring(0, 16));
    }
}
