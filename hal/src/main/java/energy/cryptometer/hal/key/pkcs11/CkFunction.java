package energy.cryptometer.hal.key.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;

/// The functions we call, with their place in CK_FUNCTION_LIST (PKCS#11 2.40 base specification,
/// 3.6: the order of its header pkcs11f.h) and their arguments. CK_ULONG is 8 bytes.
enum CkFunction {
    INITIALIZE("C_Initialize", 0, ADDRESS),
    FINALIZE("C_Finalize", 1, ADDRESS),
    GET_SLOT_LIST("C_GetSlotList", 4, JAVA_BYTE, ADDRESS, ADDRESS),
    GET_TOKEN_INFO("C_GetTokenInfo", 6, JAVA_LONG, ADDRESS),
    OPEN_SESSION("C_OpenSession", 12, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS),
    CLOSE_SESSION("C_CloseSession", 13, JAVA_LONG),
    LOGIN("C_Login", 18, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
    GET_ATTRIBUTE_VALUE("C_GetAttributeValue", 24, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
    FIND_OBJECTS_INIT("C_FindObjectsInit", 26, JAVA_LONG, ADDRESS, JAVA_LONG),
    FIND_OBJECTS("C_FindObjects", 27, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS),
    FIND_OBJECTS_FINAL("C_FindObjectsFinal", 28, JAVA_LONG),
    SIGN_INIT("C_SignInit", 42, JAVA_LONG, ADDRESS, JAVA_LONG),
    SIGN("C_Sign", 43, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS),
    GENERATE_KEY_PAIR(
            "C_GenerateKeyPair",
            59,
            JAVA_LONG,
            ADDRESS,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            ADDRESS);

    private final String cName;
    private final int index;

    @SuppressWarnings("ImmutableEnumChecker") // a FunctionDescriptor never changes
    private final FunctionDescriptor descriptor;

    CkFunction(String cName, int index, MemoryLayout... arguments) {
        this.cName = cName;
        this.index = index;
        this.descriptor = FunctionDescriptor.of(JAVA_LONG, arguments);
    }

    String cName() {
        return cName;
    }

    /// Byte offset of the function's pointer: the list begins with a CK_VERSION padded to 8 bytes.
    long offset() {
        return 8 + 8L * index;
    }

    FunctionDescriptor descriptor() {
        return descriptor;
    }
}
