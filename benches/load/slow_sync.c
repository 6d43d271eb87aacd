/* Adds a millisecond to every fsync and fdatasync, as a slower disk would: LD_PRELOAD=slow_sync.so */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static int slow(const char *name, int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    struct timespec millisecond = {0, 1000000};
    nanosleep(&millisecond, 0);
    return real(file);
}

int fsync(int file) { return slow("fsync", file); }
int fdatasync(int file) { return slow("fdatasync", file); }
