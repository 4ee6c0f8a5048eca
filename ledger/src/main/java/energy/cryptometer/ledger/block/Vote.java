package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import java.util.Comparator;
import java.util.Optional;

/// What a node says about the block of one height, in one round: that it votes for the block with
/// this header, or for none of this round (nil).
///
/// ```text
///   round r:   proposal ──► prevote ──► precommit ──► certificate: quorum of precommits
///                              │            │          for one header, none for nil
///                              └── or nil ──┴── or nil ──► round r + 1
/// ```
///
/// @param height 1 or more
/// @param header hash of the header voted for; none is a vote for nil
public record Vote(Height height, Round round, Type type, Optional<Hash> header) {
    /// The order in which a node votes: by height, round, type. A node never goes back in it.
    public static final Comparator<Vote> ORDER =
            Comparator.comparing(Vote::height).thenComparing(Vote::round).thenComparing(Vote::type);

    /// The two votes of a round (arXiv 1807.04938), in their order.
    public enum Type {
        PREVOTE(1),
        PRECOMMIT(2);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        /// The number that stands for it in a message.
        public int code() {
            return code;
        }

        /// The one with this code.
        ///
        /// @throws IllegalArgumentException if no vote has this code
        public static Type ofCode(long code) {
            for (Type type : values()) {
                if (type.code == code) {
                    return type;
                }
            }
            throw new IllegalArgumentException("vote type %d is outside 1 to 2".formatted(code));
        }
    }

    public Vote {
        if (height.equals(Height.GENESIS)) {
            throw new IllegalArgumentException("nobody votes about the genesis, height 0");
        }
    }

    public static Vote prevote(Header header, Community community) {
        return of(header, Type.PREVOTE, community);
    }

    /// The vote of which a quorum makes up the certificate of this header.
    public static Vote precommit(Header header, Community community) {
        return of(header, Type.PRECOMMIT, community);
    }

    private static Vote of(Header header, Type type, Community community) {
        return new Vote(
                header.height(),
                header.round(),
                type,
                Optional.of(header.hash(community.shortId())));
    }

    /// A vote for no block of this round.
    public static Vote nil(Height height, Round round, Type type) {
        return new Vote(height, round, type, Optional.empty());
    }

    /// `[community, height, round, type, header hash / null]`.
    public byte[] payload(Community community) {
        CborWriter writer = new CborWriter();
        writer.array(5)
                .bytes(community.shortId())
                .unsigned(height.value())
                .unsigned(round.number())
                .unsigned(type.code());
        header.ifPresentOrElse(hash -> writer.bytes(hash.toBytes()), writer::nil);
        return writer.toByteArray();
    }

    /// Reads a payload strictly.
    ///
    /// @throws WrongCommunityException if it belongs to another community
    /// @throws MalformedException naming the field, the value and the limit
    public static Vote decode(byte[] payload, Community community) throws MalformedException {
        try {
            CborReader reader = new CborReader(payload);
            reader.arrayOf("vote", 5);
            WrongCommunityException.check("vote", reader.bytesOf("community", 8), community);
            Height height = new Height(reader.unsigned("height", Height.MAX_VALUE));
            Round round = new Round((int) reader.unsigned("round", Round.MAX_NUMBER));
            Type type = Type.ofCode(reader.unsigned("vote type", 255));
            Optional<Hash> header =
                    reader.nil()
                            ? Optional.empty()
                            : Optional.of(Hash.of(reader.bytesOf("header hash", Hash.BYTES)));
            reader.end("vote");
            return new Vote(height, round, type, header);
        } catch (IllegalArgumentException refused) {
            throw new MalformedException("vote: " + refused.getMessage());
        }
    }
}
