package energy.cryptometer.fullnode.mempool;

import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.unit.AccountId;
import java.util.concurrent.locks.ReentrantLock;

/// One meter: its key, and what waits. `lock` orders its submissions; `waiting` may be read without
/// it.
final class MeterQueue {
    final PublicKey key;
    final AccountId account;
    final ReentrantLock lock = new ReentrantLock();
    volatile PendingChain waiting;

    MeterQueue(PublicKey key, PendingChain waiting) {
        this.key = key;
        this.account = AccountId.of(key);
        this.waiting = waiting;
    }
}
