package energy.cryptometer.firmware.board;

import java.util.ArrayDeque;
import java.util.Deque;

/// Things that are closed in the reverse order of their opening, each whatever the others do.
final class Closer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("cryptometer");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T with(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable resource = open.pop();
            try {
                resource.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "closing: {0}", e.getMessage());
            }
        }
    }
}
