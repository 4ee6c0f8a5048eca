package energy.cryptometer.hal.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the port does when the other end of the line misbehaves, byte by byte.
@Tag("serial")
final class ModbusRtuClientTest {
    private static final ReadRequest FIRST = request(0x5000);
    private static final ReadRequest SECOND = request(0x5004);
    private static final String ANSWER_ONE = "01030200017984"; // 1 and its check sum
    private static final String ANSWER_TWO = "01030200023985"; // 2 and its check sum

    private PseudoLine line;
    private RandomAccessFile slave;
    private ModbusRtuClient port;

    private static ReadRequest request(int address) {
        return new ReadRequest(1, 3, address, 1, Duration.ofMillis(10), Duration.ofMillis(400));
    }

    @BeforeEach
    void joinTwoTerminals(@TempDir Path directory) throws IOException, InterruptedException {
        line = new PseudoLine(directory);
        slave = new RandomAccessFile(line.slaveEnd(), "rw");
        port =
                ModbusRtuClient.at(
                        line.masterEnd(), new SerialSettings(9_600, SerialSettings.Parity.NONE, 1));
    }

    @AfterEach
    void takeThemApart() throws IOException {
        port.close();
        line.close();
        slave.close();
    }

    /// Asks, and lets the slave answer with these bytes once it has the request.
    private ReadResponse ask(ReadRequest request, String answer) throws InterruptedException {
        return ask(request, answer, Integer.MAX_VALUE);
    }

    /// As [#ask(ReadRequest, String)], after so many bytes with a pause in which the port sees
    /// them.
    private ReadResponse ask(ReadRequest request, String answer, int inOnePiece)
            throws InterruptedException {
        SynchronousQueue<ReadResponse> result = new SynchronousQueue<>();
        Thread master =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                result.put(port.read(request));
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        try {
            byte[] asked = new byte[8];
            slave.readFully(asked);
            assertThat(asked).isEqualTo(RtuFrame.request(request));
            byte[] bytes = HexFormat.of().parseHex(answer);
            int first = Math.min(inOnePiece, bytes.length);
            slave.write(bytes, 0, first);
            if (first < bytes.length) {
                Thread.sleep(60); // three times what the port waits at once
                slave.write(bytes, first, bytes.length - first);
            }
        } catch (IOException e) {
            throw new AssertionError("the pseudo-terminal broke", e);
        }
        ReadResponse said = result.poll(60, TimeUnit.SECONDS);
        master.join();
        assertThat(said).isNotNull();
        return said;
    }

    private static ReadResponse words(int word) {
        return new ReadResponse.Words(List.of(word));
    }

    @Test
    void aProperAnswerIsRead() throws InterruptedException {
        assertThat(ask(FIRST, ANSWER_ONE)).isEqualTo(words(1));
        assertThat(ask(SECOND, ANSWER_TWO)).isEqualTo(words(2));
    }

    @ParameterizedTest
    @CsvSource({
        "01030200017985, check sum is wrong",
        "00FF01, only 3 of 5 bytes",
        "00FF0101030200017984, check sum is wrong",
        "0203020001 3D84, unit 2 answered",
        "0104020001 78F0, function 4 answered",
        "010304000100026A32, 'check sum is wrong'",
        "0103020001, only 5 of 7 bytes",
    })
    void spoiltAnswersAreNoValuesAndTheNextOneIsReadAgain(String answer, String reason)
            throws InterruptedException {
        assertThat(ask(FIRST, answer.replace(" ", "")))
                .isInstanceOfSatisfying(
                        ReadResponse.BadFrame.class,
                        bad -> assertThat(bad.reason()).contains(reason));
        assertThat(ask(SECOND, ANSWER_TWO)).isEqualTo(words(2));
    }

    @Test
    void aLateAnswerIsNotTheAnswerToTheNextQuestion() throws IOException, InterruptedException {
        assertThat(ask(FIRST, "")).isInstanceOf(ReadResponse.Timeout.class);
        slave.write(HexFormat.of().parseHex(ANSWER_ONE));
        assertThat(ask(SECOND, ANSWER_TWO)).isEqualTo(words(2));
    }

    @Test
    void bytesThatNobodyAskedForAreThrownAway() throws IOException, InterruptedException {
        assertThat(ask(FIRST, ANSWER_ONE + ANSWER_ONE)).isEqualTo(words(1));
        slave.write(HexFormat.of().parseHex(ANSWER_ONE + "FFFF"));
        assertThat(ask(SECOND, ANSWER_TWO)).isEqualTo(words(2));
    }

    @Test
    void anAdapterThatHearsItselfIsUnderstood() throws InterruptedException {
        String echo = HexFormat.of().formatHex(RtuFrame.request(FIRST));
        assertThat(ask(FIRST, echo + ANSWER_ONE)).isEqualTo(words(1));
    }

    /// The high byte of an Eastron's register is zero, as is the length of an answer without data.
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 6, 7, 8, 11})
    void anEchoMayComeInPieces(int first) throws InterruptedException {
        ReadRequest eastron = request(0x0048);
        String echo = HexFormat.of().formatHex(RtuFrame.request(eastron));
        assertThat(ask(eastron, echo + ANSWER_ONE, first)).isEqualTo(words(1));
    }

    @Test
    void anExceptionOfTheMeterIsAnAnswer() throws InterruptedException {
        assertThat(ask(FIRST, "018302C0F1")).isEqualTo(new ReadResponse.ExceptionResponse(2));
    }

    @Test
    void aPortThatIsNotThereIsNamed() throws InterruptedException {
        ModbusRtuClient nowhere =
                ModbusRtuClient.at(
                        line.masterEnd() + "-absent",
                        new SerialSettings(9_600, SerialSettings.Parity.NONE, 1));
        assertThat(nowhere.read(FIRST).toString()).contains("does not exist", "plugged in?");
    }
}
