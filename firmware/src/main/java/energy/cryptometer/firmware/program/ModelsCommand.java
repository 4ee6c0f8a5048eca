package energy.cryptometer.firmware.program;

import energy.cryptometer.command.Json;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.hal.meter.model.MeterModel;
import energy.cryptometer.hal.meter.model.MeterModel.Direction;
import energy.cryptometer.hal.meter.model.MeterModels;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cryptometer meter models`.
@Command(
        name = "models",
        description = "Lists the meters that can be read over RS485, with their sources.")
final class ModelsCommand implements Callable<Integer> {
    private static final int SCHEMA = 1;

    private final Terminal terminal;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ModelsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<MeterModel> models = MeterModels.all();
        if (json) {
            terminal.out()
                    .println(
                            Json.object()
                                    .put("schema", SCHEMA)
                                    .put(
                                            "models",
                                            models.stream().map(ModelsCommand::json).toList()));
        } else {
            models.forEach(model -> terminal.out().print(text(model)));
        }
        return 0;
    }

    private static Json json(MeterModel model) {
        return Json.object()
                .put("model", model.name())
                .put("manufacturer", model.manufacturer())
                .put("type", model.model())
                .put("function", model.function())
                .put("importRegister", model.register(Direction.IMPORT))
                .put("exportRegister", model.register(Direction.EXPORT))
                .put("leastStepMilliwattHours", model.format().leastStepMilliwattHours())
                .put("serial", model.serial().toString())
                .put("saysWhatItIs", model.identity().isPresent())
                .put("source", model.source());
    }

    private static String text(MeterModel model) {
        return """
        %s
            %s %s, %s, function %d, import 0x%04X, export 0x%04X, steps of %d mWh or more%s
            source: %s
        """
                .formatted(
                        model.name(),
                        model.manufacturer(),
                        model.model(),
                        model.serial(),
                        model.function(),
                        model.register(Direction.IMPORT),
                        model.register(Direction.EXPORT),
                        model.format().leastStepMilliwattHours(),
                        model.identity().isPresent() ? ", says what it is" : "",
                        model.source());
    }
}
