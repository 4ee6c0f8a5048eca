package energy.cryptometer.fullnode.resource;

import energy.cryptometer.fullnode.mempool.Mempool;
import energy.cryptometer.fullnode.mempool.Submission;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.rule.Refusal;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.transport.CoapCode;
import energy.cryptometer.transport.CoapRequest;
import energy.cryptometer.transport.CoapResponse;
import energy.cryptometer.transport.ContentFormats;
import energy.cryptometer.transport.message.Accepted;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Takes batches of transactions. 2.04 says that the whole batch is on the disk.
final class SubmitResource {
    private final Mempool mempool;
    private final Community community;
    private final long retrySeconds;

    /// @param retrySeconds after which a full mempool may have room
    SubmitResource(Mempool mempool, Community community, long retrySeconds) {
        this.mempool = mempool;
        this.community = community;
        this.retrySeconds = retrySeconds;
    }

    CoapResponse handle(CoapRequest request) throws MalformedException {
        Query _ = Query.of(request.query());
        return answer(mempool.submit(Batch.decode(request.payload(), community)));
    }

    private CoapResponse answer(Submission submission) {
        return switch (submission) {
            case Submission.Accepted(long last) ->
                    CoapResponse.changed(ContentFormats.CBOR, new Accepted(last).encode());
            case Submission.Gap(long sequence, long expected) ->
                    refused(
                            CoapCode.PRECONDITION_FAILED,
                            "sequence %d, expected %d".formatted(sequence, expected));
            case Submission.Conflict(_, long sequence, var ours, var theirs) ->
                    CoapResponse.conflict(
                            "sequence %d is %s here, not %s".formatted(sequence, ours, theirs));
            case Submission.Refused(Refusal refusal)
                    when refusal.reason() == Refusal.Reason.WRONG_PREDECESSOR ->
                    CoapResponse.conflict(refusal.toString());
            case Submission.Refused(Refusal refusal) -> CoapResponse.forbidden(refusal.toString());
            case Submission.Full(long waiting, long limit) ->
                    refused(
                                    CoapCode.TOO_MANY_REQUESTS,
                                    "%d transactions wait, limit %d".formatted(waiting, limit))
                            .withMaxAge(retrySeconds);
        };
    }

    private static CoapResponse refused(CoapCode code, String why) {
        return new CoapResponse(
                code,
                OptionalInt.empty(),
                why.getBytes(StandardCharsets.UTF_8),
                OptionalLong.empty());
    }
}
