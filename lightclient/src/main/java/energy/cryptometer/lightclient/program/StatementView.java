package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.Json;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Conclusion;
import energy.cryptometer.lightclient.verify.Statement;

/// Whose statement, and from which block to which.
record StatementView(Genesis genesis, AccountNames names, AccountId id, Height from, Height to) {
    StatementView until(Height end) {
        return new StatementView(genesis, names, id, from, end);
    }

    Json json(Statement statement) {
        Json json =
                Reply.verdict(Conclusion.ACCEPTED)
                        .put("community", genesis.community().toString())
                        .put("account", id.toString());
        names.name(id).ifPresent(name -> json.put("name", name));
        json.put("kind", kind(statement))
                .put("from", genesis.schedule().time(from).toString())
                .put("to", genesis.schedule().time(to).toString())
                .put("fromHeight", from.value())
                .put("toHeight", to.value())
                .put("milliwattHours", statement.energy().milliwattHours());
        return switch (statement) {
            case Statement.Meter(Energy before, Energy after, long pulses) ->
                    json.put("before", before.milliwattHours())
                            .put("after", after.milliwattHours())
                            .put("pulses", pulses);
            case Statement.Participant(Energy before, Energy after, long tokens) ->
                    json.put("before", before.milliwattHours())
                            .put("after", after.milliwattHours())
                            .put("tokens", tokens);
            case Statement.Plant(Energy received, Energy allocated) ->
                    json.put("received", received.milliwattHours())
                            .put("allocated", allocated.milliwattHours());
            case Statement.Node(long blocks) -> json.put("blocks", blocks);
            case Statement.Contradiction _ -> json;
        };
    }

    private static String kind(Statement statement) {
        return switch (statement) {
            case Statement.Meter _ -> "meter";
            case Statement.Participant _ -> "participant";
            case Statement.Plant _ -> "plant";
            case Statement.Node _ -> "node";
            case Statement.Contradiction _ -> "contradiction";
        };
    }

    String words(Statement statement) {
        String who = "%s %s".formatted(kind(statement), names.call(id));
        String what =
                switch (statement) {
                    case Statement.Meter(Energy before, Energy after, long pulses) ->
                            "%s produced %s (register %s to %s, %d pulses)"
                                    .formatted(who, after.minus(before), before, after, pulses);
                    case Statement.Participant(Energy before, Energy after, long tokens) ->
                            "%s received %s and %d voting tokens"
                                    .formatted(who, after.minus(before), tokens);
                    case Statement.Plant(Energy received, Energy allocated) ->
                            "%s received %s and allocated %s".formatted(who, received, allocated);
                    case Statement.Node(long blocks) ->
                            "%s proposed %d blocks".formatted(who, blocks);
                    case Statement.Contradiction _ -> who;
                };
        return "Proven: %s\nfrom %s to %s, %s to %s."
                .formatted(
                        what, genesis.schedule().time(from), genesis.schedule().time(to), from, to);
    }
}
