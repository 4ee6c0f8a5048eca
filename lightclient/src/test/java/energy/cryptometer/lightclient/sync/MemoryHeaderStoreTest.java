package energy.cryptometer.lightclient.sync;

class MemoryHeaderStoreTest implements HeaderStoreContract {
    @Override
    public HeaderStore empty() {
        return new MemoryHeaderStore();
    }
}
