package energy.cryptometer.hal.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.meter.model.MeterModel;
import energy.cryptometer.hal.meter.model.MeterModels;
import energy.cryptometer.hal.meter.polling.MeterOnBus;
import energy.cryptometer.hal.meter.polling.MeterRating;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RtuFrameTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final ReadRequest REQUEST =
            new ReadRequest(17, 3, 0x006B, 2, Duration.ZERO, Duration.ofSeconds(1));

    /// The bytes, with a right check sum behind them.
    private static byte[] framed(String hex) {
        byte[] body = HexFormat.of().parseHex(hex);
        byte[] frame = Arrays.copyOf(body, body.length + 2);
        int crc = RtuFrame.crc(body, body.length);
        frame[body.length] = (byte) crc;
        frame[body.length + 1] = (byte) (crc >> 8);
        return frame;
    }

    @Test
    void theCheckSumIsTheOneOfTheCatalogue() {
        // CRC-16/MODBUS, check value of "123456789" in the reveng catalogue
        assertThat(RtuFrame.crc("123456789".getBytes(StandardCharsets.US_ASCII), 9))
                .isEqualTo(0x4B37);
    }

    @Test
    void theRequestIsLaidOutAsTheNormSays() {
        assertThat(RtuFrame.request(REQUEST)).isEqualTo(framed("1103006B0002"));
    }

    @Test
    void anAnswerThatFitsIsRead() {
        byte[] answer = framed("110304022B8064");
        assertThat(RtuFrame.isComplete(REQUEST, answer)).isTrue();
        assertThat(RtuFrame.isComplete(REQUEST, Arrays.copyOf(answer, 8))).isFalse();
        assertThat(RtuFrame.answer(REQUEST, answer))
                .isEqualTo(new ReadResponse.Words(List.of(0x022B, 0x8064)));
    }

    @Test
    void anEchoOfTheRequestIsPassedOver() {
        byte[] request = RtuFrame.request(REQUEST);
        byte[] answer = framed("110304022B8064");
        byte[] both = Arrays.copyOf(request, request.length + answer.length);
        System.arraycopy(answer, 0, both, request.length, answer.length);
        assertThat(RtuFrame.isComplete(REQUEST, request)).isFalse();
        assertThat(RtuFrame.answer(REQUEST, both)).isInstanceOf(ReadResponse.Words.class);
    }

    @Test
    void anEchoInPiecesIsWaitedForWhateverTheRegister() {
        for (MeterModel model : MeterModels.all()) {
            for (MeterModel.Direction direction : MeterModel.Direction.values()) {
                ReadRequest request =
                        new MeterOnBus(model, 17, direction, new MeterRating(1_000, 10_000))
                                .request();
                byte[] echo = RtuFrame.request(request);
                for (int came = 0; came <= echo.length; came++) {
                    assertThat(RtuFrame.isComplete(request, Arrays.copyOf(echo, came)))
                            .as("%d bytes of the echo of a question to %s", came, model.name())
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "118302, ExceptionResponse[number=2]",
        "120304022B8064, unit 18 answered",
        "110404022B8064, function 4 answered",
        "118402, function 132 answered",
        "1103020001, 2 bytes of data answered",
    })
    void anAnswerToAnotherQuestionIsNoAnswer(String body, String expected) {
        assertThat(RtuFrame.answer(REQUEST, framed(body)).toString()).contains(expected);
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] answer = framed("110304022B8064");
        for (int bit = 0; bit < 8 * answer.length; bit++) {
            byte[] spoilt = answer.clone();
            spoilt[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(RtuFrame.answer(REQUEST, spoilt))
                    .as("bit %d", bit)
                    .isInstanceOf(ReadResponse.BadFrame.class);
        }
    }

    @Test
    void noiseIsABadFrameAndNeverAnException() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(1, 64)];
            random.nextBytes(noise);
            noise[0] = 17;
            noise[noise.length / 2] = 3;
            assertThat(RtuFrame.answer(REQUEST, noise))
                    .as("seed %d, run %d", SEED, i)
                    .isInstanceOfAny(
                            ReadResponse.BadFrame.class, ReadResponse.ExceptionResponse.class);
        }
    }

    @Test
    void requestsThatNoMeterUnderstandsAreRefused() {
        Duration none = Duration.ZERO;
        assertThatThrownBy(() -> new ReadRequest(0, 3, 0, 1, none, none))
                .hasMessageContaining("unit id 0");
        assertThatThrownBy(() -> new ReadRequest(248, 3, 0, 1, none, none))
                .hasMessageContaining("unit id 248");
        assertThatThrownBy(() -> new ReadRequest(1, 6, 0, 1, none, none))
                .hasMessageContaining("function 6");
        assertThatThrownBy(() -> new ReadRequest(1, 3, 0, 126, none, none))
                .hasMessageContaining("126");
        assertThatThrownBy(() -> new ReadRequest(1, 3, 65_535, 2, none, none))
                .hasMessageContaining("65535");
    }
}
