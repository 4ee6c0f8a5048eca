package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.unit.Height;
import java.util.List;

/// Somebody who says what the chain is. Nothing it says is believed.
public interface HeaderSource {
    /// Its name in reports: an address.
    String name();

    /// Its newest approved header.
    Reply<SignedHeader> head();

    /// Its headers from this height, ascending; empty where its chain ends.
    ///
    /// @param count 1 to [energy.cryptometer.transport.message.Resources#MAX_HEADERS]
    Reply<List<SignedHeader>> headers(Height from, int count);

    /// What came back.
    sealed interface Reply<T> {
        /// A well-formed answer, proven by nobody yet.
        record Said<T>(T value) implements Reply<T> {}

        /// An answer about another community. Both values are hexadecimal.
        record OtherChain<T>(String found, String expected) implements Reply<T> {}

        /// Something that is not of the protocol.
        record Garbage<T>(String why) implements Reply<T> {}

        /// A refusal to answer, such as of a node that has no block yet.
        record Declined<T>(String why) implements Reply<T> {}

        /// No answer in time.
        record Silent<T>(String why) implements Reply<T> {}
    }
}
