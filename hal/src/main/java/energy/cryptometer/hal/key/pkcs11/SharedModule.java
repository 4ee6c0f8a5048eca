package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.MODULE_MISSING;

import energy.cryptometer.hal.key.KeyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// A module as the keys of this process share it. C_Initialize and C_Finalize act on the whole
/// process, so a restart for one key ends the sessions of all; they notice by the epoch. One lock
/// serves all calls: a token has one processor, and nobody may sign while the module restarts.
final class SharedModule {
    /// Static because a loaded module is: its state lives in the process, whoever holds it.
    private static final Map<Path, SharedModule> LOADED = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Pkcs11Module module;
    private int users;
    private long epoch;
    private boolean running;
    private boolean startedHere;

    private SharedModule(Pkcs11Module module) {
        this.module = module;
    }

    /// The module at this path, loaded at the first call.
    static SharedModule of(Path path) {
        Path real;
        try {
            real = path.toRealPath();
        } catch (IOException problem) {
            throw new KeyException(
                    MODULE_MISSING,
                    "PKCS#11 module "
                            + path
                            + " does not exist: install it or correct module-path.",
                    problem);
        }
        synchronized (LOADED) {
            SharedModule share = LOADED.get(real);
            if (share == null) {
                share = new SharedModule(Pkcs11Module.load(real));
                LOADED.put(real, share);
            }
            return share;
        }
    }

    ReentrantLock lock() {
        return lock;
    }

    Pkcs11Module module() {
        return module;
    }

    /// Changes whenever all sessions ended.
    long epoch() {
        return epoch;
    }

    /// Counts one more user and starts the module for the first. Call with the lock held.
    void acquire() throws CkException {
        if (!running) {
            start();
        }
        users++;
    }

    /// Counts one user less and stops the module after the last, if it was started here.
    void release() {
        users--;
        if (users > 0) {
            return;
        }
        // A module that others in this process started is left to them.
        if (startedHere) {
            stop();
        }
        running = false;
    }

    /// Stops and starts the module: the one thing that brings a lost token back. Call with the lock
    /// held.
    void restart() throws CkException {
        stop();
        start();
    }

    private void start() throws CkException {
        startedHere = module.initialize();
        running = true;
    }

    private void stop() {
        epoch++;
        running = false;
        try {
            module.terminate();
        } catch (CkException _) {
            // A module that lost its token may fail to stop; the next start tells.
        }
    }
}
