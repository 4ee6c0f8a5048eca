package energy.cryptometer.hal.key;

/// Where a private key lives. A community may refuse everything but hardware tokens.
public enum KeyKind {
    /// The key was made in a token and cannot leave it.
    HARDWARE_TOKEN("token"),
    /// The key is a file that can be copied: for trials only.
    TRIAL("trial: software key");

    private final String label;

    KeyKind(String label) {
        this.label = label;
    }

    /// The words every status line shows.
    public String label() {
        return label;
    }
}
