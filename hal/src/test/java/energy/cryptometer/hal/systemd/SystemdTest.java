package energy.cryptometer.hal.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.linux.Descriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemdTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    private static Systemd at(String address) {
        return Systemd.of(Map.of("NOTIFY_SOCKET", address), 1);
    }

    @Test
    @Tag("program")
    void everyWordArrives(@TempDir Path folder) throws IOException, URISyntaxException {
        String address = folder.resolve("notify").toString();
        try (NotifyReceiver listening = new NotifyReceiver(address);
                Systemd manager = at(address)) {
            assertThat(manager.isPresent()).isTrue();
            assertThat(manager.ready()).isTrue();
            assertThat(listening.next()).isEqualTo("{\"told\": \"READY=1\", \"descriptors\": 0}");
            manager.alive();
            assertThat(listening.next()).contains("\"WATCHDOG=1\"");
            manager.stopping();
            assertThat(listening.next()).contains("\"STOPPING=1\"");
            manager.remove("gpio-1-line");
            assertThat(listening.next()).contains("\"FDSTOREREMOVE=1\\nFDNAME=gpio-1-line\"");
            assertThat(manager.problem()).isEmpty();
        }
    }

    @Test
    @Tag("program")
    void aStatusCannotSmuggleAnotherWord(@TempDir Path folder)
            throws IOException, URISyntaxException {
        String address = folder.resolve("notify").toString();
        try (NotifyReceiver listening = new NotifyReceiver(address);
                Systemd manager = at(address)) {
            manager.status("counts\nSTOPPING=1");
            assertThat(listening.next()).contains("\"STATUS=counts STOPPING=1\"");
            manager.status("x".repeat(Systemd.MAX_STATUS + 1));
            assertThat(listening.next())
                    .contains("\"STATUS=" + "x".repeat(Systemd.MAX_STATUS) + "\"");
        }
    }

    @Test
    @Tag("program")
    void whatIsKeptIsTheSameOpenFile(@TempDir Path folder) throws IOException, URISyntaxException {
        String address = folder.resolve("notify").toString();
        Descriptor.Pipe pipe = Descriptor.pipe();
        try (NotifyReceiver listening = new NotifyReceiver(address);
                Systemd manager = at(address);
                Arena arena = Arena.ofConfined();
                Descriptor read = pipe.read();
                Descriptor write = pipe.write()) {
            assertThat(manager.store("gpio-1-ring", write)).isTrue();
            assertThat(listening.next())
                    .isEqualTo(
                            "{\"told\": \"FDSTORE=1\\nFDNAME=gpio-1-ring\", \"descriptors\": 1}");
            assertThat(read.awaitReadable(ENOUGH)).isTrue();
            MemorySegment into = arena.allocate(8);
            assertThat(read.read(into)).isEqualTo(4);
            assertThat(StandardCharsets.UTF_8.decode(into.asSlice(0, 4).asByteBuffer()).toString())
                    .isEqualTo("kept");
        }
    }

    @Test
    @Tag("program")
    void anAbstractSocketServesToo() throws IOException, URISyntaxException {
        String address = "@cryptometer-test-" + ProcessHandle.current().pid();
        try (NotifyReceiver listening = new NotifyReceiver(address);
                Systemd manager = at(address)) {
            assertThat(manager.ready()).isTrue();
            assertThat(listening.next()).contains("READY=1");
        }
    }

    @Test
    @Tag("program")
    void theBarrierEndsWhenTheManagerHasDealtWithAllBeforeIt(@TempDir Path folder)
            throws IOException, URISyntaxException {
        String address = folder.resolve("notify").toString();
        try (NotifyReceiver listening = new NotifyReceiver(address);
                Systemd manager = at(address)) {
            manager.remove("gpio-1-line");
            assertThat(manager.barrier(ENOUGH)).isTrue();
            assertThat(listening.next()).contains("FDSTOREREMOVE=1");
            assertThat(listening.next()).contains("BARRIER=1");
        }
    }

    @Test
    void aManagerThatIsGoneIsAProblemToldInOneLine(@TempDir Path folder) {
        try (Systemd manager = at(folder.resolve("nobody").toString())) {
            assertThat(manager.ready()).isFalse();
            assertThat(manager.problem())
                    .hasValue("service manager could not be told READY=1: sendmsg gave ENOENT");
        }
    }

    @Test
    void withoutAManagerNothingHappens() throws IOException {
        Descriptor.Pipe pipe = Descriptor.pipe();
        try (Systemd manager = Systemd.of(Map.of(), 1);
                Descriptor read = pipe.read();
                Descriptor _ = pipe.write()) {
            assertThat(manager.isPresent()).isFalse();
            assertThat(manager.ready()).isFalse();
            assertThat(manager.store("gpio-1-line", read)).isFalse();
            assertThat(manager.barrier(ENOUGH)).isFalse();
            assertThat(manager.watchdog()).isEmpty();
            assertThat(manager.problem()).isEmpty();
        }
        assertThat(Systemd.absent().isPresent()).isFalse();
    }

    @Test
    void anAddressThatIsNoneIsNamed() {
        try (Systemd manager = at("relative/path")) {
            assertThat(manager.isPresent()).isFalse();
            assertThat(manager.problem().orElseThrow()).contains("'relative/path'");
        }
        try (Systemd manager = at("/" + "x".repeat(107))) {
            assertThat(manager.problem().orElseThrow()).contains("2 to 107 bytes");
        }
    }

    @Test
    void theWatchdogIsForThisProcessOnly() {
        assertThat(Systemd.of(Map.of("WATCHDOG_USEC", "30000000"), 7).watchdog())
                .hasValue(Duration.ofSeconds(30));
        assertThat(
                        Systemd.of(Map.of("WATCHDOG_USEC", "1000000", "WATCHDOG_PID", "7"), 7)
                                .watchdog())
                .hasValue(Duration.ofSeconds(1));
        assertThat(
                        Systemd.of(Map.of("WATCHDOG_USEC", "1000000", "WATCHDOG_PID", "8"), 7)
                                .watchdog())
                .isEmpty();
        for (String malformed : new String[] {"0", "-1", "1s", "", "9".repeat(30)}) {
            assertThat(Systemd.of(Map.of("WATCHDOG_USEC", malformed), 7).watchdog())
                    .as(malformed)
                    .isEmpty();
        }
    }

    @Test
    void aNameThatTheManagerWouldRefuseIsRefusedFirst() {
        try (Systemd manager = Systemd.absent()) {
            for (String name : new String[] {"", "a:b", "a b", "a\nb", "x".repeat(256)}) {
                assertThatThrownBy(() -> manager.remove(name))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
