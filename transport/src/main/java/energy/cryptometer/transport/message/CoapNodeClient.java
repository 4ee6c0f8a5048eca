package energy.cryptometer.transport.message;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.block.WrongCommunityException;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.HeaderProof;
import energy.cryptometer.ledger.proof.TransactionProof;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapReply;
import energy.cryptometer.transport.ContentFormats;
import energy.cryptometer.transport.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// A node asked over CoAP: every answer is decoded strictly.
public final class CoapNodeClient implements NodeClient {
    private final CoapClient coap;
    private final NodeAddress node;
    private final Community community;

    public CoapNodeClient(CoapClient coap, NodeAddress node, Community community) {
        this.coap = coap;
        this.node = node;
        this.community = community;
    }

    /// Reads a payload strictly.
    @FunctionalInterface
    private interface Decoder<T> {
        T decode(byte[] payload) throws MalformedException;
    }

    @Override
    public NodeAddress address() {
        return node;
    }

    @Override
    public Answer<Accepted> submit(Batch batch) {
        return read(
                coap.post(node, Resources.SUBMIT, ContentFormats.CBOR, batch.encode()),
                Accepted::decode);
    }

    @Override
    public Answer<SignedHeader> head() {
        return get(Resources.HEAD, payload -> SignedHeader.decode(payload, community));
    }

    @Override
    public Answer<HeaderPage> headers(Height from, int count) {
        return get(
                "%s?from=%d&count=%d".formatted(Resources.HEADERS, from.value(), count),
                payload -> HeaderPage.decode(payload, community));
    }

    @Override
    public Answer<Block> block(Height height) {
        return get(
                "%s?height=%d".formatted(Resources.BLOCK, height.value()),
                payload -> Block.decode(payload, community));
    }

    @Override
    public Answer<ChainPosition> chain(KeyId signer) {
        return get("%s?signer=%s".formatted(Resources.CHAIN, signer), ChainPosition::decode);
    }

    @Override
    public Answer<TransactionProof> transactionProof(Hash id) {
        return get(
                "%s?id=%s".formatted(Resources.TRANSACTION_PROOF, id),
                payload -> TransactionProof.decode(payload, community));
    }

    @Override
    public Answer<ChainProofs> chainProofs(KeyId signer, Height height) {
        return get(
                "%s?signer=%s&height=%d".formatted(Resources.CHAIN_PROOFS, signer, height.value()),
                ChainProofs::decode);
    }

    @Override
    public Answer<HeaderProof> headerProof(Height height, Height head) {
        return get(
                "%s?height=%d&head=%d"
                        .formatted(Resources.HEADER_PROOF, height.value(), head.value()),
                HeaderProof::decode);
    }

    @Override
    public Answer<AccountProof> account(AccountId account, Height height) {
        return get(
                "%s?account=%s&height=%d".formatted(Resources.ACCOUNT, account, height.value()),
                AccountProof::decode);
    }

    private <T> Answer<T> get(String pathAndQuery, Decoder<T> decoder) {
        return read(coap.get(node, pathAndQuery), decoder);
    }

    private <T> Answer<T> read(CoapReply reply, Decoder<T> decoder) {
        return switch (reply) {
            case CoapReply.Unreachable(String why) -> new Answer.Unreachable<>(why);
            case CoapReply.Answer answer when answer.code().isSuccess() ->
                    decode(answer.payload(), decoder);
            case CoapReply.Answer answer ->
                    new Answer.Refused<>(
                            answer.code(),
                            diagnostic(answer.payload()),
                            answer.maxAge().isPresent()
                                    ? Optional.of(Duration.ofSeconds(answer.maxAge().getAsLong()))
                                    : Optional.empty());
        };
    }

    private <T> Answer<T> decode(byte[] payload, Decoder<T> decoder) {
        try {
            return new Answer.Got<>(decoder.decode(payload));
        } catch (WrongCommunityException wrong) {
            return new Answer.OtherCommunity<>(wrong.found(), wrong.expected());
        } catch (MalformedException malformed) {
            return new Answer.Malformed<>(node + ": " + malformed.getMessage());
        }
    }

    /// At most 200 characters of a node's words, printable ones only.
    private static String diagnostic(byte[] payload) {
        String words = new String(payload, StandardCharsets.UTF_8);
        String printable = words.replaceAll("\\p{Cntrl}", " ");
        return printable.substring(0, Math.min(printable.length(), 200));
    }
}
