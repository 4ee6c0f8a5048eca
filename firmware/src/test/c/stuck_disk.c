/* Preloaded: a disk that does not answer. While the file that STUCK_DISK names exists, no sync returns. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_while_stuck(void) {
    const char *file = getenv("STUCK_DISK");
    while (file && access(file, F_OK) == 0) usleep(100 * 1000);
}

static int call(const char *name, int descriptor) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    wait_while_stuck();
    return real(descriptor);
}

int fsync(int descriptor) { return call("fsync", descriptor); }

int fdatasync(int descriptor) { return call("fdatasync", descriptor); }
