/// The meter's own program, from a pulse to its proof. A package uses only those below it:
///
/// ```
/// program      command line, what is opened, exit codes
/// board        the running board and its meters, health, events, status LED, watchdog
/// config       what a board and its meters are told
/// status       how they are: for people, as JSON, for Prometheus
/// capture, sign, forward, confirm    the stages, one thread each
/// profile      a source that replays measured power
/// stage        a loop that does one thing and survives its failures
/// journal      what is kept, and how far every stage has come
/// ```
@NullMarked
package energy.cryptometer.firmware;

import org.jspecify.annotations.NullMarked;
