package energy.cryptometer.hal.key.pkcs11;

import java.util.Map;
import java.util.Set;

/// A return code of PKCS#11 2.40 (CK_RV).
record CkResult(long code) {
    static final CkResult OK = new CkResult(0);
    static final CkResult ATTRIBUTE_SENSITIVE = new CkResult(0x11);
    static final CkResult ATTRIBUTE_TYPE_INVALID = new CkResult(0x12);
    static final CkResult BUFFER_TOO_SMALL = new CkResult(0x150);
    static final CkResult PIN_EXPIRED = new CkResult(0xa3);
    static final CkResult PIN_LOCKED = new CkResult(0xa4);
    static final CkResult USER_ALREADY_LOGGED_IN = new CkResult(0x100);
    static final CkResult CRYPTOKI_ALREADY_INITIALIZED = new CkResult(0x191);

    private static final Map<Long, String> NAMES =
            Map.ofEntries(
                    Map.entry(0x0L, "CKR_OK"),
                    Map.entry(0x1L, "CKR_CANCEL"),
                    Map.entry(0x2L, "CKR_HOST_MEMORY"),
                    Map.entry(0x3L, "CKR_SLOT_ID_INVALID"),
                    Map.entry(0x5L, "CKR_GENERAL_ERROR"),
                    Map.entry(0x6L, "CKR_FUNCTION_FAILED"),
                    Map.entry(0x7L, "CKR_ARGUMENTS_BAD"),
                    Map.entry(0xaL, "CKR_CANT_LOCK"),
                    Map.entry(0x10L, "CKR_ATTRIBUTE_READ_ONLY"),
                    Map.entry(0x11L, "CKR_ATTRIBUTE_SENSITIVE"),
                    Map.entry(0x12L, "CKR_ATTRIBUTE_TYPE_INVALID"),
                    Map.entry(0x13L, "CKR_ATTRIBUTE_VALUE_INVALID"),
                    Map.entry(0x20L, "CKR_DATA_INVALID"),
                    Map.entry(0x21L, "CKR_DATA_LEN_RANGE"),
                    Map.entry(0x30L, "CKR_DEVICE_ERROR"),
                    Map.entry(0x31L, "CKR_DEVICE_MEMORY"),
                    Map.entry(0x32L, "CKR_DEVICE_REMOVED"),
                    Map.entry(0x50L, "CKR_FUNCTION_CANCELED"),
                    Map.entry(0x54L, "CKR_FUNCTION_NOT_SUPPORTED"),
                    Map.entry(0x60L, "CKR_KEY_HANDLE_INVALID"),
                    Map.entry(0x62L, "CKR_KEY_SIZE_RANGE"),
                    Map.entry(0x63L, "CKR_KEY_TYPE_INCONSISTENT"),
                    Map.entry(0x68L, "CKR_KEY_FUNCTION_NOT_PERMITTED"),
                    Map.entry(0x70L, "CKR_MECHANISM_INVALID"),
                    Map.entry(0x71L, "CKR_MECHANISM_PARAM_INVALID"),
                    Map.entry(0x82L, "CKR_OBJECT_HANDLE_INVALID"),
                    Map.entry(0x90L, "CKR_OPERATION_ACTIVE"),
                    Map.entry(0x91L, "CKR_OPERATION_NOT_INITIALIZED"),
                    Map.entry(0xa0L, "CKR_PIN_INCORRECT"),
                    Map.entry(0xa1L, "CKR_PIN_INVALID"),
                    Map.entry(0xa2L, "CKR_PIN_LEN_RANGE"),
                    Map.entry(0xa3L, "CKR_PIN_EXPIRED"),
                    Map.entry(0xa4L, "CKR_PIN_LOCKED"),
                    Map.entry(0xb0L, "CKR_SESSION_CLOSED"),
                    Map.entry(0xb1L, "CKR_SESSION_COUNT"),
                    Map.entry(0xb3L, "CKR_SESSION_HANDLE_INVALID"),
                    Map.entry(0xb5L, "CKR_SESSION_READ_ONLY"),
                    Map.entry(0xb8L, "CKR_SESSION_READ_WRITE_SO_EXISTS"),
                    Map.entry(0xd0L, "CKR_TEMPLATE_INCOMPLETE"),
                    Map.entry(0xd1L, "CKR_TEMPLATE_INCONSISTENT"),
                    Map.entry(0xe0L, "CKR_TOKEN_NOT_PRESENT"),
                    Map.entry(0xe1L, "CKR_TOKEN_NOT_RECOGNIZED"),
                    Map.entry(0xe2L, "CKR_TOKEN_WRITE_PROTECTED"),
                    Map.entry(0x100L, "CKR_USER_ALREADY_LOGGED_IN"),
                    Map.entry(0x101L, "CKR_USER_NOT_LOGGED_IN"),
                    Map.entry(0x102L, "CKR_USER_PIN_NOT_INITIALIZED"),
                    Map.entry(0x103L, "CKR_USER_TYPE_INVALID"),
                    Map.entry(0x104L, "CKR_USER_ANOTHER_ALREADY_LOGGED_IN"),
                    Map.entry(0x105L, "CKR_USER_TOO_MANY_TYPES"),
                    Map.entry(0x121L, "CKR_RANDOM_NO_RNG"),
                    Map.entry(0x130L, "CKR_DOMAIN_PARAMS_INVALID"),
                    Map.entry(0x140L, "CKR_CURVE_NOT_SUPPORTED"),
                    Map.entry(0x150L, "CKR_BUFFER_TOO_SMALL"),
                    Map.entry(0x190L, "CKR_CRYPTOKI_NOT_INITIALIZED"),
                    Map.entry(0x191L, "CKR_CRYPTOKI_ALREADY_INITIALIZED"),
                    Map.entry(0x1a0L, "CKR_MUTEX_BAD"),
                    Map.entry(0x200L, "CKR_FUNCTION_REJECTED"));

    /// The token judged the request or the key, not the connection: asking again gives the same
    /// answer.
    private static final Set<Long> FINAL =
            Set.of(
                    0x7L, 0x20L, 0x21L, 0x54L, 0x62L, 0x63L, 0x68L, 0x70L, 0x71L, 0x102L, 0x103L,
                    0x130L, 0x140L, 0x150L);

    boolean ok() {
        return code == 0;
    }

    /// The token judged the PIN and may have counted the attempt.
    boolean wrongPin() {
        return code >= 0xa0 && code <= 0xa3;
    }

    /// Whether a new start of the module may help: everything that is not a judgement, because
    /// modules report a token that went away in many ways, their own codes among them.
    boolean maybeLost() {
        return !ok() && !wrongPin() && !equals(PIN_LOCKED) && !FINAL.contains(code);
    }

    String name() {
        if (code < 0 || code >= 0x8000_0000L) {
            return "vendor code";
        }
        return NAMES.getOrDefault(code, "unknown code");
    }

    @Override
    public String toString() {
        return name() + " (0x" + Long.toHexString(code) + ")";
    }
}
