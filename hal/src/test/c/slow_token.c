/* A PKCS#11 module for tests: another module, behind a wire that makes every signature slow, and some fail or
 * hang. Without any of the variables but the first it is as quick as the module behind it.
 *
 *   SLOW_TOKEN_MODULE  path of the module behind it, read when this one is loaded
 *   SLOW_TOKEN_MILLIS  milliseconds before each C_Sign, read at C_Initialize
 *   SLOW_TOKEN_FAULTS  a folder, read at C_Initialize. A file in it is one fault, and is deleted when it happened:
 *                      "fail"    C_Sign answers with the code in the file, CKR_DEVICE_REMOVED if it is empty
 *                      "login"   C_Login answers with the code in the file and asks no token
 *                      "garble"  one bit of a signature is another
 *                      "cut"     the last byte of a signature is missing
 *                      but while a file "hang" is in it, C_Sign does not return, and while a file "taken" is in it,
 *                      C_Initialize says that somebody else has started the module
 *
 * build: cc -shared -fPIC -o slow_token.so slow_token.c -ldl
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef unsigned long CK_RV;

enum { INITIALIZE = 0, GET_FUNCTION_LIST = 3, LOGIN = 18, SIGN = 43, FUNCTIONS = 68 };
enum { CKR_GENERAL_ERROR = 0x5, CKR_DEVICE_REMOVED = 0x32, CKR_CRYPTOKI_ALREADY_INITIALIZED = 0x191 };

/* CK_FUNCTION_LIST of PKCS#11 2.40: a version padded to eight bytes, then the pointers. */
struct function_list {
    unsigned char version[8];
    void *function[FUNCTIONS];
};

static struct function_list ours;
static CK_RV (*initialize)(void *);
static CK_RV (*login)(unsigned long, unsigned long, unsigned char *, unsigned long);
static CK_RV (*sign)(unsigned long, unsigned char *, unsigned long, unsigned char *, unsigned long *);
static long millis;
static char faults[3072];

static void pause_for(long duration) {
    struct timespec left = {duration / 1000, (duration % 1000) * 1000000L};
    while (nanosleep(&left, &left) != 0) {
    }
}

static const char *fault(const char *name, char *path, size_t size) {
    snprintf(path, size, "%s/%s", faults, name);
    return path;
}

static int stands(const char *name) {
    char path[4096];
    return faults[0] != 0 && access(fault(name, path, sizeof path), F_OK) == 0;
}

/* Whether the fault is asked for, which it then is no more; its code, where the file holds one in hexadecimal. */
static int happens(const char *name, CK_RV *code) {
    char path[4096];
    FILE *file = faults[0] == 0 ? NULL : fopen(fault(name, path, sizeof path), "r");
    unsigned long read;
    if (file == NULL) return 0;
    if (fscanf(file, "%lx", &read) == 1) *code = read;
    fclose(file);
    return unlink(path) == 0;
}

static CK_RV slow_initialize(void *arguments) {
    const char *text = getenv("SLOW_TOKEN_MILLIS");
    const char *folder = getenv("SLOW_TOKEN_FAULTS");
    millis = text == NULL ? 0 : strtol(text, NULL, 10);
    snprintf(faults, sizeof faults, "%s", folder == NULL ? "" : folder);
    CK_RV started = initialize(arguments);
    return started == 0 && stands("taken") ? CKR_CRYPTOKI_ALREADY_INITIALIZED : started;
}

static CK_RV slow_login(unsigned long session, unsigned long user, unsigned char *pin, unsigned long length) {
    CK_RV code = CKR_GENERAL_ERROR;
    return happens("login", &code) ? code : login(session, user, pin, length);
}

static CK_RV slow_sign(
        unsigned long session,
        unsigned char *data,
        unsigned long length,
        unsigned char *signature,
        unsigned long *signature_length) {
    CK_RV code = CKR_DEVICE_REMOVED;
    if (millis > 0) pause_for(millis);
    while (stands("hang")) pause_for(5);
    if (happens("fail", &code)) return code;
    code = sign(session, data, length, signature, signature_length);
    if (code == 0 && signature != NULL) {
        CK_RV none;
        if (happens("garble", &none)) signature[*signature_length - 1] ^= 1;
        if (happens("cut", &none)) *signature_length -= 1;
    }
    return code;
}

__attribute__((visibility("default"))) CK_RV C_GetFunctionList(struct function_list **list) {
    const char *path = getenv("SLOW_TOKEN_MODULE");
    void *library = path == NULL ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
    CK_RV (*get)(struct function_list **) = NULL;
    struct function_list *theirs = NULL;
    if (library != NULL) *(void **)&get = dlsym(library, "C_GetFunctionList");
    if (get == NULL || get(&theirs) != 0) return CKR_GENERAL_ERROR;
    memcpy(&ours, theirs, sizeof ours);
    *(void **)&initialize = ours.function[INITIALIZE];
    *(void **)&login = ours.function[LOGIN];
    *(void **)&sign = ours.function[SIGN];
    ours.function[INITIALIZE] = (void *)slow_initialize;
    ours.function[GET_FUNCTION_LIST] = (void *)C_GetFunctionList;
    ours.function[LOGIN] = (void *)slow_login;
    ours.function[SIGN] = (void *)slow_sign;
    *list = &ours;
    return 0;
}
