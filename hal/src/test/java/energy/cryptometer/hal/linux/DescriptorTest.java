package energy.cryptometer.hal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DescriptorTest {
    @Test
    void whatIsWrittenIntoAPipeComesOut() throws SystemCallException {
        Descriptor.Pipe pipe = Descriptor.pipe();
        try (Arena arena = Arena.ofConfined();
                Descriptor read = pipe.read();
                Descriptor write = pipe.write()) {
            assertThat(read.awaitReadable(Duration.ZERO)).isFalse();
            assertThat(write.write(arena.allocateFrom("edge"))).isEqualTo(5);
            assertThat(read.awaitReadable(Duration.ofSeconds(10))).isTrue();
            MemorySegment into = arena.allocate(16);
            assertThat(read.read(into)).isEqualTo(5);
            assertThat(into.getString(0)).isEqualTo("edge");
        }
    }

    @Test
    void anEmptyPipeNeverBlocks() throws SystemCallException {
        Descriptor.Pipe pipe = Descriptor.pipe();
        try (Arena arena = Arena.ofConfined();
                Descriptor read = pipe.read();
                Descriptor _ = pipe.write()) {
            MemorySegment into = arena.allocate(16);
            SystemCallException refusal =
                    catchThrowableOfType(SystemCallException.class, () -> read.read(into));
            assertThat(refusal.is(Errno.AGAIN)).isTrue();
            assertThat(refusal).hasMessage("read gave EAGAIN");
        }
    }

    @Test
    void aDuplicateKeepsTheFileOpen() throws SystemCallException {
        Descriptor.Pipe pipe = Descriptor.pipe();
        try (Arena arena = Arena.ofConfined();
                Descriptor read = pipe.read();
                Descriptor write = pipe.write().duplicate()) {
            pipe.write().close();
            assertThat(write.write(arena.allocateFrom("x"))).isEqualTo(2);
            assertThat(read.awaitReadable(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void aClosedDescriptorIsRefusedAndClosingTwiceIsHarmless() throws SystemCallException {
        Descriptor.Pipe pipe = Descriptor.pipe();
        pipe.read().close();
        pipe.read().close();
        pipe.write().close();
        assertThatThrownBy(() -> pipe.read().awaitReadable(Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void whatCannotBeOpenedIsToldByName() {
        assertThatThrownBy(() -> Descriptor.open("/dev/no-such-gpiochip"))
                .hasMessage("open gave ENOENT");
        assertThatThrownBy(() -> Descriptor.adopt(9_999)).hasMessage("fcntl gave EBADF");
        assertThat(new Errno(7777)).hasToString("errno 7777");
    }

    @Test
    void aPipeIsNoDeviceToControl() throws SystemCallException {
        Descriptor.Pipe pipe = Descriptor.pipe();
        try (Arena arena = Arena.ofConfined();
                Descriptor read = pipe.read();
                Descriptor _ = pipe.write()) {
            assertThatThrownBy(() -> read.control(0x8044b401L, arena.allocate(68)))
                    .hasMessage("ioctl gave ENOTTY");
        }
    }
}
