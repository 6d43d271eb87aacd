/* A disk that can be watched and can fail: LD_PRELOAD this into the program.
 *
 * It acts on the files that lie directly in one folder, but for memory that is shared (-shm) and locks (.lock).
 *
 *   PAR_SURVEY_FAULT_FOLDER   the folder, an absolute path
 *   PAR_SURVEY_FAULT_JOURNAL  where every change of these files and every sync is written down; not set: nowhere
 *   PAR_SURVEY_FAULT_CONTROL  a file of rules, mapped into memory, by which a test has calls fail or hang; not set: none do. Behind the rules
 *                             stands by how many seconds the clock of the machine is wrong
 *   PAR_SURVEY_FAULT_PRETEND  the name of a file, or `all`: its syncs say that they were done and do nothing
 *
 * Only those calls are taken over that the program makes: `nm -D` shows them. What the journal holds is read by journal.rs and the rules are
 * written by preload.rs, beside this file. Processes share both: a record is appended by one system call, and a rule is counted down
 * atomically.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define FILES 4096
#define NAME 64

enum kind { WRITE = 1, TRUNCATE, SYNC_BEGAN, SYNC_DONE, SYNC_FAILED, CREATE, UNLINK, RENAME };
enum call { ON_WRITE = 1, ON_SYNC = 2, ON_READ = 4, ON_GROW = 8 };

struct rule {
    int32_t calls;
    int32_t error;
    int64_t remaining; /* 0: off; below 0: until it is switched off */
    int64_t hits;
    int64_t skipped; /* calls that get through before the first one fails */
    int64_t hangs;   /* milliseconds for which a call hangs, or until this is 0; without an error it is done then */
    char name[88];
};
#define RULES 8

struct header {
    uint32_t kind;
    uint32_t name;
    uint64_t file;   /* inode */
    uint64_t offset; /* of a write; size after a truncation; number of a sync */
    uint64_t length; /* of the bytes that follow the name */
};

struct open_file {
    uint64_t inode;
    char name[NAME]; /* empty: not watched; ".": the folder itself */
};

static struct open_file files[FILES];
static char folder[PATH_MAX];
static size_t folder_length;
static int journal = -1;
static struct rule *rules;
static int64_t *wrong_by;
static const char *pretend;
static uint64_t syncs;

#define REAL(result, name, ...) \
    static result (*real_##name)(__VA_ARGS__); \
    if (!real_##name) real_##name = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static int bare_open(const char *path, int flags) { return (int)syscall(SYS_openat, AT_FDCWD, path, flags, 0600); }

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("PAR_SURVEY_FAULT_FOLDER");
    if (!path || strlen(path) >= sizeof folder) return;
    strcpy(folder, path);
    folder_length = strlen(folder);
    pretend = getenv("PAR_SURVEY_FAULT_PRETEND");
    if ((path = getenv("PAR_SURVEY_FAULT_JOURNAL"))) journal = bare_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC);
    if ((path = getenv("PAR_SURVEY_FAULT_CONTROL"))) {
        int control = bare_open(path, O_RDWR | O_CLOEXEC);
        void *mapped = mmap(NULL, RULES * sizeof(struct rule) + sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, control, 0);
        if (mapped != MAP_FAILED) {
            rules = mapped;
            wrong_by = (int64_t *)(rules + RULES);
        }
        syscall(SYS_close, control);
    }
}

/* The name inside the folder, or NULL where a file is not watched. */
static const char *watched(const char *path) {
    static __thread char whole[2 * PATH_MAX];
    if (!folder_length || !path) return NULL;
    if (path[0] != '/') {
        if (!getcwd(whole, PATH_MAX)) return NULL;
        strcat(whole, "/");
        strncat(whole, path, PATH_MAX - 1);
        path = whole;
    }
    if (strncmp(path, folder, folder_length)) return NULL;
    path += folder_length;
    if (!*path) return ".";
    if (*path++ != '/' || !*path || strchr(path, '/') || strlen(path) >= NAME) return NULL;
    const char *end = path + strlen(path);
    if (end - path > 4 && !strcmp(end - 4, "-shm")) return NULL;
    if (end - path > 5 && !strcmp(end - 5, ".lock")) return NULL;
    return path;
}

static struct open_file *watched_file(int file) {
    return file >= 0 && file < FILES && files[file].name[0] ? &files[file] : NULL;
}

static void record(enum kind kind, const char *name, uint64_t inode, uint64_t offset, const void *bytes, uint64_t length) {
    if (journal < 0) return;
    int error = errno;
    struct header header = {kind, (uint32_t)strlen(name), inode, offset, length};
    struct iovec parts[3] = {{&header, sizeof header}, {(void *)name, header.name}, {(void *)bytes, length}};
    ssize_t whole = (ssize_t)(sizeof header + header.name + length);
    /* A journal with a hole would make a test say what is not true. */
    if (syscall(SYS_writev, journal, parts, 3) != whole) abort();
    errno = error;
}

static int fails(const char *name, int call) {
    for (int place = 0; rules && place < RULES; place++) {
        struct rule *rule = &rules[place];
        int64_t remaining = __atomic_load_n(&rule->remaining, __ATOMIC_ACQUIRE);
        if (!(rule->calls & call) || strcmp(rule->name, name)) continue;
        if (remaining && __atomic_load_n(&rule->skipped, __ATOMIC_ACQUIRE) > 0 && __atomic_sub_fetch(&rule->skipped, 1, __ATOMIC_ACQ_REL) >= 0) continue;
        while (remaining > 0 && !__atomic_compare_exchange_n(&rule->remaining, &remaining, remaining - 1, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {}
        if (!remaining) continue;
        __atomic_add_fetch(&rule->hits, 1, __ATOMIC_ACQ_REL);
        for (int64_t hung = 0; hung < __atomic_load_n(&rule->hangs, __ATOMIC_ACQUIRE); hung += 10) {
            struct timespec rest = {0, 10 * 1000000};
            while (nanosleep(&rest, &rest) && errno == EINTR) {}
        }
        if (!rule->error) continue;
        errno = rule->error;
        return 1;
    }
    return 0;
}

/* Notes what was opened. Whether it was there before is not asked: somebody else could make or remove it meanwhile. */
static int opened(int file, const char *name, int flags) {
    struct stat found;
    if (file < 0 || file >= FILES) return file;
    files[file].name[0] = 0;
    if (!name || fstat(file, &found)) return file;
    files[file].inode = found.st_ino;
    strcpy(files[file].name, name);
    if (S_ISREG(found.st_mode)) record(CREATE, name, found.st_ino, 0, NULL, 0);
    if ((flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY) record(TRUNCATE, name, found.st_ino, 0, NULL, 0);
    return file;
}

#define OPEN(symbol) \
    EXPORT int symbol(const char *path, int flags, ...) { \
        REAL(int, symbol, const char *, int, ...); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        const char *name = watched(path); \
        return opened(real_##symbol(path, flags, mode), name, flags); \
    }

OPEN(open)
OPEN(open64)

EXPORT int openat64(int at, const char *path, int flags, ...) {
    REAL(int, openat64, int, const char *, int, ...);
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    const char *name = at == AT_FDCWD || path[0] == '/' ? watched(path) : NULL;
    return opened(real_openat64(at, path, flags, mode), name, flags);
}

EXPORT int close(int file) {
    REAL(int, close, int);
    if (file >= 0 && file < FILES) files[file].name[0] = 0;
    return real_close(file);
}

EXPORT ssize_t pread64(int file, void *bytes, size_t length, off64_t offset) {
    REAL(ssize_t, pread64, int, void *, size_t, off64_t);
    struct open_file *open = watched_file(file);
    return open && fails(open->name, ON_READ) ? -1 : real_pread64(file, bytes, length, offset);
}

EXPORT ssize_t read(int file, void *bytes, size_t length) {
    REAL(ssize_t, read, int, void *, size_t);
    struct open_file *open = watched_file(file);
    return open && fails(open->name, ON_READ) ? -1 : real_read(file, bytes, length);
}

EXPORT ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    struct open_file *open = watched_file(file);
    if (!open) return real_pwrite64(file, bytes, length, offset);
    if (fails(open->name, ON_WRITE)) return -1;
    ssize_t done = real_pwrite64(file, bytes, length, offset);
    if (done > 0) record(WRITE, open->name, open->inode, (uint64_t)offset, bytes, (uint64_t)done);
    return done;
}

EXPORT ssize_t write(int file, const void *bytes, size_t length) {
    REAL(ssize_t, write, int, const void *, size_t);
    struct open_file *open = watched_file(file);
    if (!open) return real_write(file, bytes, length);
    if (fails(open->name, ON_WRITE)) return -1;
    ssize_t done = real_write(file, bytes, length);
    if (done > 0) record(WRITE, open->name, open->inode, (uint64_t)(lseek64(file, 0, SEEK_CUR) - done), bytes, (uint64_t)done);
    return done;
}

EXPORT int ftruncate64(int file, off64_t size) {
    REAL(int, ftruncate64, int, off64_t);
    struct open_file *open = watched_file(file);
    struct stat found;
    if (!open) return real_ftruncate64(file, size);
    if (!fstat(file, &found) && size > found.st_size && fails(open->name, ON_GROW)) return -1;
    int done = real_ftruncate64(file, size);
    if (!done) record(TRUNCATE, open->name, open->inode, (uint64_t)size, NULL, 0);
    return done;
}

static int synced(int file, int (*real)(int)) {
    struct open_file *open = watched_file(file);
    if (!open) return real(file);
    if (pretend && (!strcmp(pretend, "all") || !strcmp(pretend, open->name))) return 0;
    uint64_t number = ((uint64_t)getpid() << 32) + __atomic_add_fetch(&syncs, 1, __ATOMIC_RELAXED);
    record(SYNC_BEGAN, open->name, open->inode, number, NULL, 0);
    int done = fails(open->name, ON_SYNC) ? -1 : real(file);
    record(done ? SYNC_FAILED : SYNC_DONE, open->name, open->inode, number, NULL, 0);
    return done;
}

EXPORT int fsync(int file) {
    REAL(int, fsync, int);
    return synced(file, real_fsync);
}

EXPORT int fdatasync(int file) {
    REAL(int, fdatasync, int);
    return synced(file, real_fdatasync);
}

/* The clock that can be set; the one that only ever goes on is left alone, as by the kernel. */
EXPORT int clock_gettime(clockid_t clock, struct timespec *now) {
    int done = (int)syscall(SYS_clock_gettime, clock, now);
    if (!done && wrong_by && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += __atomic_load_n(wrong_by, __ATOMIC_RELAXED);
    return done;
}

EXPORT time_t time(time_t *now) {
    struct timespec found;
    clock_gettime(CLOCK_REALTIME, &found);
    return now ? *now = found.tv_sec : found.tv_sec;
}

EXPORT int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec found;
    (void)zone;
    int done = clock_gettime(CLOCK_REALTIME, &found);
    now->tv_sec = found.tv_sec;
    now->tv_usec = found.tv_nsec / 1000;
    return done;
}

EXPORT int unlink(const char *path) {
    REAL(int, unlink, const char *);
    const char *name = watched(path);
    struct stat found;
    if (!name || stat(path, &found)) return real_unlink(path);
    int done = real_unlink(path);
    if (!done) record(UNLINK, name, found.st_ino, 0, NULL, 0);
    return done;
}

EXPORT int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    char kept[NAME] = "";
    const char *name = watched(from);
    if (name) strcpy(kept, name);
    name = watched(to);
    int done = real_rename(from, to);
    if (!done && kept[0] && name) record(RENAME, kept, 0, 0, name, strlen(name));
    return done;
}
