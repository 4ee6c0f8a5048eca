/* A PKCS#11 module for tests: another module, behind a wire that makes every signature slow, and some fail or
 * hang. Without any of the variables but the first it is as quick as the module behind it.
 *
 *   SLOW_TOKEN_MODULE  path of the module behind it, read when this one is loaded
 *   SLOW_TOKEN_MILLIS  milliseconds before each C_Sign, read at C_Initialize
 *   SLOW_TOKEN_FAULTS  a folder, read at C_Initialize: a file "fail" in it makes one C_Sign answer
 *                      CKR_DEVICE_REMOVED and is deleted; while a file "hang" is in it, C_Sign does not return
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

enum { INITIALIZE = 0, GET_FUNCTION_LIST = 3, SIGN = 43, FUNCTIONS = 68 };
enum { CKR_GENERAL_ERROR = 0x5, CKR_DEVICE_REMOVED = 0x32 };

/* CK_FUNCTION_LIST of PKCS#11 2.40: a version padded to eight bytes, then the pointers. */
struct function_list {
    unsigned char version[8];
    void *function[FUNCTIONS];
};

static struct function_list ours;
static CK_RV (*initialize)(void *);
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

static CK_RV slow_initialize(void *arguments) {
    const char *text = getenv("SLOW_TOKEN_MILLIS");
    const char *folder = getenv("SLOW_TOKEN_FAULTS");
    millis = text == NULL ? 0 : strtol(text, NULL, 10);
    snprintf(faults, sizeof faults, "%s", folder == NULL ? "" : folder);
    return initialize(arguments);
}

static CK_RV slow_sign(
        unsigned long session,
        unsigned char *data,
        unsigned long length,
        unsigned char *signature,
        unsigned long *signature_length) {
    char path[4096];
    if (millis > 0) pause_for(millis);
    if (faults[0] != 0) {
        while (access(fault("hang", path, sizeof path), F_OK) == 0) pause_for(5);
        if (unlink(fault("fail", path, sizeof path)) == 0) return CKR_DEVICE_REMOVED;
    }
    return sign(session, data, length, signature, signature_length);
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
    *(void **)&sign = ours.function[SIGN];
    ours.function[INITIALIZE] = (void *)slow_initialize;
    ours.function[GET_FUNCTION_LIST] = (void *)C_GetFunctionList;
    ours.function[SIGN] = (void *)slow_sign;
    *list = &ours;
    return 0;
}
