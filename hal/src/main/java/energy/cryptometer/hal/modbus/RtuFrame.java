package energy.cryptometer.hal.modbus;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/// The bytes of Modbus RTU for functions 3 and 4 (Modbus over Serial Line 1.02, 2.5.1; Application
/// Protocol 1.1b3, 6.3 and 6.4). Pure.
///
/// Unit, function, length and check sum must all fit the request, else the answer is a bad frame.
/// RTU has no transaction number, so a late answer to the same question cannot be told from a fresh
/// one; keeping those apart is the port's work.
final class RtuFrame {
    private static final int REQUEST_BYTES = 8;
    private static final int HEAD_BYTES = 3;
    private static final int CRC_BYTES = 2;
    private static final int EXCEPTION_BYTES = 5;
    private static final int EXCEPTION_BIT = 0x80;
    private static final int BYTE = 0xFF;
    private static final int CRC_POLYNOMIAL = 0xA001; // reflected x^16 + x^15 + x^2 + 1
    private static final int MOST_SHOWN = 16;

    private RtuFrame() {}

    /// The request on the wire.
    static byte[] request(ReadRequest request) {
        byte[] frame = new byte[REQUEST_BYTES];
        frame[0] = (byte) request.unitId();
        frame[1] = (byte) request.function();
        putWord(frame, 2, request.address());
        putWord(frame, 4, request.words());
        int crc = crc(frame, REQUEST_BYTES - CRC_BYTES);
        frame[6] = (byte) crc; // low byte first, unlike everything else
        frame[7] = (byte) (crc >> 8);
        return frame;
    }

    /// How many bytes an answer has at most, an echo of the request included.
    static int longestAnswer(ReadRequest request) {
        return REQUEST_BYTES + dataAnswerBytes(request);
    }

    /// Whether `received` holds all that is to be expected.
    static boolean isComplete(ReadRequest request, byte[] received) {
        if (mayBecomeEcho(request, received)) {
            return false;
        }
        byte[] answer = withoutEcho(request, received);
        return answer.length >= expectedBytes(request, answer);
    }

    /// What `received` says.
    static ReadResponse answer(ReadRequest request, byte[] received) {
        byte[] answer = withoutEcho(request, received);
        int expected = expectedBytes(request, answer);
        if (answer.length < expected) {
            return bad("only " + answer.length + " of " + expected + " bytes", received);
        }
        if (crc(answer, expected - CRC_BYTES) != crcAt(answer, expected - CRC_BYTES)) {
            return new ReadResponse.BadFrame(true, shown("check sum is wrong", received));
        }
        int unit = answer[0] & BYTE;
        int function = answer[1] & BYTE;
        if (unit != request.unitId()) {
            return bad("unit " + unit + " answered, asked was " + request.unitId(), received);
        }
        if (function == (request.function() | EXCEPTION_BIT)) {
            return new ReadResponse.ExceptionResponse(answer[2] & BYTE);
        }
        if (function != request.function()) {
            return bad(
                    "function " + function + " answered, asked was " + request.function(),
                    received);
        }
        int bytes = answer[2] & BYTE;
        if (bytes != 2 * request.words()) {
            return bad(
                    bytes + " bytes of data answered, asked were " + 2 * request.words(), received);
        }
        return new ReadResponse.Words(words(request, answer));
    }

    private static List<Integer> words(ReadRequest request, byte[] answer) {
        return IntStream.range(0, request.words())
                .map(i -> HEAD_BYTES + 2 * i)
                .mapToObj(at -> (answer[at] & BYTE) << 8 | (answer[at + 1] & BYTE))
                .toList();
    }

    private static int dataAnswerBytes(ReadRequest request) {
        return HEAD_BYTES + 2 * request.words() + CRC_BYTES;
    }

    /// The length the answer claims for itself: the shortest there is when it has no head yet, so
    /// that an answer of another length is seen at once.
    private static int expectedBytes(ReadRequest request, byte[] answer) {
        if (answer.length < HEAD_BYTES || (answer[1] & EXCEPTION_BIT) != 0) {
            return EXCEPTION_BYTES;
        }
        return Math.min(HEAD_BYTES + (answer[2] & BYTE) + CRC_BYTES, dataAnswerBytes(request));
    }

    /// Whether the transceiver heard its own request: it then stands before the answer. No answer
    /// of a register map here begins like its request (that would need a byte count equal to the
    /// high byte of the address).
    static boolean isEchoed(ReadRequest request, byte[] received) {
        return received.length >= REQUEST_BYTES
                && Arrays.equals(request(request), Arrays.copyOf(received, REQUEST_BYTES));
    }

    /// Whether the first bytes of the request came back: a driver hands an echo over in pieces, and
    /// five of its bytes have the length of an exception.
    private static boolean mayBecomeEcho(ReadRequest request, byte[] received) {
        return received.length < REQUEST_BYTES
                && Arrays.equals(Arrays.copyOf(request(request), received.length), received);
    }

    /// Whether nothing came but the request itself.
    static boolean isOnlyEcho(ReadRequest request, byte[] received) {
        return received.length == REQUEST_BYTES && isEchoed(request, received);
    }

    private static byte[] withoutEcho(ReadRequest request, byte[] received) {
        return isEchoed(request, received)
                ? Arrays.copyOfRange(received, REQUEST_BYTES, received.length)
                : received;
    }

    private static String shown(String reason, byte[] received) {
        String shown =
                HexFormat.ofDelimiter(" ")
                        .formatHex(received, 0, Math.min(received.length, MOST_SHOWN));
        return reason + " (" + shown + ")";
    }

    private static ReadResponse bad(String reason, byte[] received) {
        return new ReadResponse.BadFrame(false, shown(reason, received));
    }

    private static void putWord(byte[] frame, int at, int word) {
        frame[at] = (byte) (word >> 8);
        frame[at + 1] = (byte) word;
    }

    private static int crcAt(byte[] frame, int at) {
        return (frame[at] & BYTE) | (frame[at + 1] & BYTE) << 8;
    }

    /// CRC-16/MODBUS over the first `length` bytes.
    static int crc(byte[] bytes, int length) {
        int crc = 0xFFFF;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] & BYTE;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) != 0 ? crc >> 1 ^ CRC_POLYNOMIAL : crc >> 1;
            }
        }
        return crc;
    }
}
