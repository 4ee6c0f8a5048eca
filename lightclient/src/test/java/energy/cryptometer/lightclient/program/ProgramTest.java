package energy.cryptometer.lightclient.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.command.Json;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.lightclient.ServedChain;
import energy.cryptometer.lightclient.sync.HeaderStore;
import energy.cryptometer.lightclient.sync.SqliteHeaderStore;
import energy.cryptometer.transport.message.WrittenChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    private final WrittenChain chain = new WrittenChain(4);
    private final Instant now = chain.justAfter(4);
    private final AccountId participantX = AccountId.of(chain.community.participantX.publicKey());
    private final AccountId meterA = AccountId.of(chain.community.meterA.publicKey());

    @TempDir private Path folder;

    @BeforeEach
    void writeGenesis() throws IOException {
        Files.write(genesis(), GenesisCodec.sign(chain.genesis(), chain.community.authority));
    }

    private Path genesis() {
        return folder.resolve("genesis.cbor");
    }

    private Path store() {
        return folder.resolve("headers.db");
    }

    private Run run(Instant at, ServedChain node, String command, Object... more) {
        Object[] common = {
            command, "--genesis", genesis(), "--node", node.address(), "--store", store()
        };
        Object[] all = new Object[common.length + more.length];
        System.arraycopy(common, 0, all, 0, common.length);
        System.arraycopy(more, 0, all, common.length, more.length);
        return Run.at(at, all);
    }

    @Test
    void synchronisingTellsHowFarTheChainIsVerified() {
        try (ServedChain node = ServedChain.honest(chain)) {
            Run first = run(now, node, "sync", "--json");
            assertThat(first.code()).as(first.err()).isZero();
            assertThat(first.json().text("verdict")).isEqualTo("accepted");
            assertThat(first.json().integer("schema")).isEqualTo(1);
            assertThat(first.json().integer("height")).isEqualTo(4);
            assertThat(run(now, node, "sync").out())
                    .startsWith("Verified up to 2026-11-22T01:00:00Z (height 4), 0 new headers.");
        }
        Run status = Run.at(now, "status", "--genesis", genesis(), "--store", store(), "--json");
        assertThat(status.code()).isZero();
        assertThat(status.json().text("time")).isEqualTo("2026-11-22T01:00:00Z");
    }

    @Test
    void aStaleChainEndsWith75() {
        try (ServedChain node = ServedChain.honest(chain)) {
            Run late = run(chain.justAfter(9), node, "sync", "--json");
            assertThat(late.code()).isEqualTo(75);
            assertThat(late.json().text("verdict")).isEqualTo("stale");
            assertThat(late.err())
                    .isEqualToIgnoringNewLines(
                            "stale: newest header has height 4, by now there should be height 9");
        }
        assertThat(
                        Run.at(
                                        chain.justAfter(9),
                                        "status",
                                        "--genesis",
                                        genesis(),
                                        "--store",
                                        store())
                                .code())
                .isEqualTo(75);
    }

    @Test
    void nodesOfGarbageAndOfOtherChainsAreRefusedByName() {
        Random random = new Random(7);
        try (ServedChain garbage =
                        ServedChain.lying(
                                chain,
                                answer -> {
                                    random.nextBytes(answer);
                                    return answer;
                                });
                ServedChain honest = ServedChain.honest(chain)) {
            Run alone = run(now, garbage, "sync", "--json");
            assertThat(alone.code()).isEqualTo(65);
            assertThat(alone.json().text("verdict")).isEqualTo("malformed");
            Run both = run(now, garbage, "sync", "--node", honest.address(), "--json");
            assertThat(both.code()).as(both.err()).isZero();
        }
    }

    @Test
    void aNodeOfAnotherCommunityIsAWrongChain() throws IOException {
        SmallCommunity other = new SmallCommunity(2);
        Files.write(genesis(), GenesisCodec.sign(other.genesis, other.authority));
        try (ServedChain node = ServedChain.honest(chain)) {
            Run run = run(now, node, "sync", "--json");
            assertThat(run.code()).isEqualTo(65);
            assertThat(run.json().text("verdict")).isEqualTo("wrong-chain");
            assertThat(run.err())
                    .contains(chain.community().toString().substring(0, 16))
                    .contains(other.genesis.community().toString().substring(0, 16));
        }
    }

    @Test
    void nodesThatSignTwoHistoriesFreezeTheClient() {
        WrittenChain other = new WrittenChain(3);
        other.extendEmpty();
        try (ServedChain first = ServedChain.honest(chain);
                ServedChain second = ServedChain.honest(other)) {
            Run run = run(now, first, "sync", "--node", second.address(), "--json");
            assertThat(run.code()).isEqualTo(65);
            assertThat(run.json().text("verdict")).isEqualTo("frozen");
            assertThat(run(now, first, "sync").err()).startsWith("frozen: ");
        }
        Run status = Run.at(now, "status", "--genesis", genesis(), "--store", store());
        assertThat(status.code()).isEqualTo(65);
    }

    @Test
    void whereNoNodeAnswersTheProgramEndsWith69() {
        ServedChain gone = ServedChain.honest(chain);
        gone.close();
        Run run = run(now, gone, "sync", "--timeout", "1", "--json");
        assertThat(run.code()).isEqualTo(69);
        assertThat(run.json().text("verdict")).isEqualTo("unreachable");
        assertThat(run.err()).contains(gone.address().toString());
        assertThat(run(now, gone, "sync", "--timeout", "0").code()).isEqualTo(64);
    }

    @Test
    void aNodeThatIsReachedOnlyOverDtlsIsRefused() {
        Run run = Run.at(now, "sync", "--genesis", genesis(), "--node", "coaps://127.0.0.1:5684");
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).contains("needs CoAP over DTLS, this program speaks plain CoAP only");
    }

    @Test
    void aSecondProgramOnOneStoreIsTold() {
        try (ServedChain node = ServedChain.honest(chain);
                HeaderStore _ = SqliteHeaderStore.open(store(), chain.community())) {
            Run run = run(now, node, "sync");
            assertThat(run.code()).isEqualTo(75);
            assertThat(run.err()).contains("in use");
        }
    }

    @Test
    void anotherParticipantsAccountIsNoStatement() {
        byte[] lie =
                chain.account(AccountId.of(chain.community.participantY.publicKey()), 4).encode();
        try (ServedChain honest = ServedChain.honest(chain);
                ServedChain liar = ServedChain.lying(chain, _ -> lie)) {
            assertThat(run(now, honest, "sync").code()).isZero();
            Run run =
                    run(
                            now,
                            liar,
                            "statement",
                            "--account",
                            participantX,
                            "--node",
                            honest.address(),
                            "--json");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.json().integer("milliwattHours")).isEqualTo(6400);
        }
    }

    @Test
    void aStatementIsProvenForAnAccountByNameOrFirstDigits() throws IOException {
        Path names = folder.resolve("accounts.json");
        Files.writeString(
                names,
                Json.object()
                        .put("X", Json.object().put("account", participantX.toString()))
                        .toString());
        try (ServedChain node = ServedChain.honest(chain)) {
            Run whole =
                    run(now, node, "statement", "--account", "X", "--accounts", names, "--json");
            assertThat(whole.code()).as(whole.err()).isZero();
            assertThat(whole.json().text("name")).isEqualTo("X");
            assertThat(whole.json().text("kind")).isEqualTo("participant");
            assertThat(whole.json().integer("milliwattHours")).isEqualTo(6400);

            Run part =
                    run(
                            now,
                            node,
                            "statement",
                            "--account",
                            meterA.toString().substring(0, 8),
                            "--from",
                            "2026-11-22T00:15:00Z",
                            "--to",
                            "2026-11-22T00:45:00Z");
            assertThat(part.code()).as(part.err()).isZero();
            assertThat(part.out())
                    .contains("produced 0.006000 kWh")
                    .contains("from 2026-11-22T00:15:00Z to 2026-11-22T00:45:00Z");
        }
    }

    @Test
    void aPeriodInsideAStepOrBeyondTheHeadIsRefused() {
        try (ServedChain node = ServedChain.honest(chain)) {
            Run inside =
                    run(
                            now,
                            node,
                            "statement",
                            "--account",
                            meterA,
                            "--to",
                            "2026-11-22T00:20:00Z");
            assertThat(inside.code()).isEqualTo(64);
            assertThat(inside.err())
                    .contains("2026-11-22T00:15:00Z")
                    .contains("2026-11-22T00:30:00Z");
            Run beyond =
                    run(
                            now,
                            node,
                            "statement",
                            "--account",
                            meterA,
                            "--to",
                            "2026-11-22T01:15:00Z");
            assertThat(beyond.code()).isEqualTo(75);
            Run swapped =
                    run(
                            now,
                            node,
                            "statement",
                            "--account",
                            meterA,
                            "--from",
                            "2026-11-22T00:30:00Z",
                            "--to",
                            "2026-11-22T00:15:00Z");
            assertThat(swapped.code()).isEqualTo(64);
            assertThat(run(now, node, "statement", "--account", "nobody").code()).isEqualTo(64);
            assertThat(run(now, node, "statement", "--account", "00000000").code()).isEqualTo(64);
        }
    }

    @Test
    void aProofVerifiesWithoutANodeAndNotOnceAltered() throws IOException {
        Path file = folder.resolve("proof.cbor");
        Hash id = chain.block(2).body().transactions().getFirst().id();
        try (ServedChain node = ServedChain.honest(chain)) {
            Run proved = run(now, node, "prove", "--transaction", id, "--out", file);
            assertThat(proved.code()).as(proved.err()).isZero();
            assertThat(run(now, node, "prove", "--transaction", id, "--out", file).code())
                    .isEqualTo(73);
        }
        Run verified = Run.at(now, "verify", file, "--genesis", genesis(), "--json");
        assertThat(verified.code()).as(verified.err()).isZero();
        assertThat(verified.json().text("transaction")).isEqualTo(id.toString());
        assertThat(verified.json().integer("height")).isEqualTo(2);

        byte[] altered = Files.readAllBytes(file);
        altered[altered.length - 1] ^= 1;
        Files.write(file, altered);
        Run refused = Run.at(now, "verify", file, "--genesis", genesis(), "--json");
        assertThat(refused.code()).isEqualTo(65);
        assertThat(refused.json().text("verdict")).isEqualTo("altered-block");
    }

    @Test
    void whatPerhapsOnlyAWrongClockRefusesIsNotCalledForged() throws IOException {
        Instant behind = chain.justAfter(2);
        Run run = Run.at(behind, "verify", export(), "--genesis", genesis(), "--json");
        assertThat(run.code()).isEqualTo(75);
        assertThat(run.json().text("verdict")).isEqualTo("from-the-future");
        assertThat(run.err()).contains("by this machine's clock it is " + behind);
    }

    private Path export() throws IOException {
        Path export = Files.createDirectory(folder.resolve("export"));
        Files.copy(genesis(), export.resolve("genesis.cbor"));
        Path blocks = Files.createDirectory(export.resolve("blocks"));
        for (long height = 1; height <= 4; height++) {
            Files.write(
                    blocks.resolve("%010d.cbor".formatted(height)),
                    chain.block(height).encode(chain.community()));
        }
        return export;
    }

    @Test
    void anExportedChainIsAuditedWhole() throws IOException {
        Run run = Run.at(now, "verify", export(), "--genesis", genesis(), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().integer("height")).isEqualTo(4);
        assertThat(run.json().integer("pulses")).isEqualTo(20);
        assertThat(run.json().objects("accounts"))
                .filteredOn(account -> account.text("account").equals(participantX.toString()))
                .singleElement()
                .satisfies(
                        account -> assertThat(account.integer("milliwattHours")).isEqualTo(6400));
        assertThat(run.err()).contains("Verifying blocks: 100 %");
    }

    @Test
    void anAlteredOrIncompleteExportIsRefusedWithItsHeight() throws IOException {
        Path blocks = export().resolve("blocks");
        Path third = blocks.resolve("0000000003.cbor");
        byte[] good = Files.readAllBytes(third);
        byte[] altered = good.clone();
        altered[altered.length - 5] ^= 1;
        Files.write(third, altered);
        Run run =
                Run.at(now, "verify", blocks.resolveSibling("."), "--genesis", genesis(), "--json");
        assertThat(run.code()).isEqualTo(65);
        assertThat(run.json().text("verdict")).isEqualTo("altered-block");
        assertThat(run.json().integer("refusedHeight")).isEqualTo(3);
        Files.delete(third);
        assertThat(Run.at(now, "verify", blocks.resolveSibling("."), "--genesis", genesis()).code())
                .isEqualTo(65);
    }

    @Test
    void wrongFilesAndWrongUsageHaveTheirCodes() throws IOException {
        Path absent = folder.resolve("absent");
        assertThat(Run.at(now, "verify", absent, "--genesis", genesis()).code()).isEqualTo(66);
        assertThat(Run.at(now, "sync", "--genesis", genesis()).code()).isEqualTo(64);
        assertThat(
                        Run.at(now, "sync", "--genesis", genesis(), "--node", "http://example.org")
                                .code())
                .isEqualTo(64);
        Path broken = Files.write(folder.resolve("broken"), new byte[] {1, 2, 3});
        assertThat(Run.at(now, "verify", absent, "--genesis", broken).code()).isEqualTo(78);
    }

    @Test
    void storesOfDifferentCommunitiesHaveDifferentPresets() {
        Path preset =
                StoreOptions.preset(Map.of("XDG_STATE_HOME", "/var/state"), chain.community());
        assertThat(preset.getParent()).isEqualTo(Path.of("/var/state/cryptometer"));
        assertThat(
                        StoreOptions.preset(
                                Map.of("XDG_STATE_HOME", "relative", "HOME", "/home/a"),
                                new SmallCommunity(2).genesis.community()))
                .isNotEqualTo(preset)
                .startsWithRaw(Path.of("/home/a/.local/state/cryptometer"));
    }
}
