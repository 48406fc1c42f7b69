/*
 * Stands between a process and the C library's file calls (LD_PRELOAD). Acts on files below WALFAULT_FOLDER alone, except those
 * that end in ".ack", by which a writer says what is safe.
 *
 *   WALFAULT_TRACE=FILE    appends a record for each call that succeeded: struct record, the path, the data; not of processes that
 *                          this one starts
 *   WALFAULT_KILL=N:WHEN   kills this process at its Nth change of a file: WHEN is before, half (of a write) or after
 *   walfault_arm(...)      makes a call fail; for a program that looks it up in this library
 *   walfault_disarm()      no more
 *
 * A change is a write, a truncation, a sync, an unlink, a rename, a link, or an open that makes a file.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include "forward.h"

#define MAX_FD 4096
#define CALLER __builtin_return_address(0)

enum op { OP_OPEN = 1, OP_CREATE, OP_CLOSE, OP_READ, OP_WRITE, OP_SYNC, OP_TRUNCATE, OP_UNLINK, OP_RENAME, OP_LINK, OP_LOCK, OP_MAP };

/* What can fail, as bits; FaultKind has the same. What is done to a -shm is FAIL_SHM, its locks are FAIL_LOCK. */
enum { FAIL_READ = 1, FAIL_WRITE = 2, FAIL_SYNC = 4, FAIL_TRUNCATE = 8, FAIL_OPEN = 16, FAIL_LOCK = 32, FAIL_SHM = 64, FAIL_UNLINK = 128 };

struct record {
    uint8_t op;
    uint8_t caller; /* 'e' the engine, 'm' anybody else */
    uint16_t path_length;
    uint32_t data_length;
    int64_t offset; /* of a write; the new length of a truncation */
    uint64_t file;  /* the inode */
};

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pread)(int, void *, size_t, off_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_pwritev)(int, const struct iovec *, int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);
static int (*real_link)(const char *, const char *);
static int (*real_fcntl)(int, int, ...);
static void *(*real_mmap)(void *, size_t, int, int, int, off_t);

static const char *folder;
static size_t folder_length;
static int trace = -1;
static long kill_at;
static char kill_when; /* 'b', 'h' or 'a' */
static long changes;
static char *paths[MAX_FD];
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

static volatile int fail_kinds;
static volatile long fail_at;
static volatile int fail_errno;
static volatile long fail_times;
static volatile long fail_seen;
static volatile long fail_done;

__attribute__((constructor)) static void start(void)
{
    real_open = dlsym(RTLD_NEXT, "open64");
    real_openat = dlsym(RTLD_NEXT, "openat64");
    real_close = dlsym(RTLD_NEXT, "close");
    real_read = dlsym(RTLD_NEXT, "read");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pread = dlsym(RTLD_NEXT, "pread64");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_pwritev = dlsym(RTLD_NEXT, "pwritev64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_rename = dlsym(RTLD_NEXT, "rename");
    real_link = dlsym(RTLD_NEXT, "link");
    real_fcntl = dlsym(RTLD_NEXT, "fcntl64");
    real_mmap = dlsym(RTLD_NEXT, "mmap64");

    const char *file = getenv("WALFAULT_TRACE"), *kill_text = getenv("WALFAULT_KILL");
    if (file) {
        trace = real_open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
        unsetenv("WALFAULT_TRACE");
    }

    if (kill_text) {
        char *colon;
        kill_at = strtol(kill_text, &colon, 10);
        kill_when = colon[1];
    }

    folder = getenv("WALFAULT_FOLDER");
    folder_length = folder ? strlen(folder) : 0;
}

static int ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && !strcmp(text + length - end_length, end);
}

static int is_ours(const char *path)
{
    return folder && path && !strncmp(path, folder, folder_length);
}

static const char *path_of(int fd)
{
    return fd >= 0 && fd < MAX_FD ? paths[fd] : NULL;
}

static uint8_t caller_of(void *address)
{
    Dl_info info;
    return dladdr(address, &info) && info.dli_fname && strstr(info.dli_fname, "sqlite3") ? 'e' : 'm';
}

static void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

/* The number of this change, where it is the one to die at. */
static int is_last(const char *path)
{
    return kill_at && !ends_with(path, ".ack") && __sync_add_and_fetch(&changes, 1) == kill_at;
}

static int fails(const char *path, int kind)
{
    if (!fail_kinds || !path || ends_with(path, ".ack"))
        return 0;
    if (kind != FAIL_LOCK && ends_with(path, "-shm"))
        kind = FAIL_SHM;
    if (!(fail_kinds & kind))
        return 0;
    long seen = __sync_add_and_fetch(&fail_seen, 1);
    if (seen < fail_at || seen - fail_at >= fail_times)
        return 0;
    __sync_add_and_fetch(&fail_done, 1);
    errno = fail_errno;
    return 1;
}

static void note(enum op op, void *caller, const char *path, int fd, int64_t offset, const void *data, size_t data_length)
{
    struct stat about;
    if (trace < 0)
        return;
    int saved = errno;
    struct record record = { op, caller_of(caller), strlen(path), data_length, offset, 0 };
    if (fd >= 0 && !fstat(fd, &about))
        record.file = about.st_ino;
    struct iovec parts[3] = { { &record, sizeof record }, { (void *)path, record.path_length }, { (void *)data, data_length } };
    if (syscall(SYS_writev, trace, parts, 3) < 0)
        abort();
    errno = saved;
}

/* Runs a change of a file: dies at it where told to, and notes it in the order in which it happened. */
#define CHANGE(path, result, call, noted)  \
    do {                                   \
        int last = is_last(path);          \
        if (last && kill_when != 'a')      \
            die();                         \
        pthread_mutex_lock(&order);        \
        result = call;                     \
        if (result >= 0)                   \
            noted;                         \
        pthread_mutex_unlock(&order);      \
        if (last)                          \
            die();                         \
    } while (0)

static int opened(int fd, const char *path, int flags, void *caller, int is_new)
{
    if (fd >= 0 && fd < MAX_FD) {
        free(paths[fd]);
        paths[fd] = strdup(path);
        note(is_new ? OP_CREATE : OP_OPEN, caller, path, fd, flags & O_TRUNC ? 0 : -1, NULL, 0);
    }

    return fd;
}

static int open_ours(const char *path, int flags, mode_t mode, void *caller)
{
    int fd, is_new = (flags & O_CREAT) && access(path, F_OK);
    if (fails(path, FAIL_OPEN))
        return -1;
    if (!is_new)
        return opened(real_open(path, flags, mode), path, flags, caller, 0);
    CHANGE(path, fd, real_open(path, flags, mode), opened(fd, path, flags, caller, 1));
    return fd;
}

#define MODE(flags)                                    \
    mode_t mode = 0;                                   \
    if ((flags) & (O_CREAT | O_TMPFILE)) {             \
        va_list rest;                                  \
        va_start(rest, flags);                         \
        mode = va_arg(rest, mode_t);                   \
        va_end(rest);                                  \
    }

EXPORT int open64(const char *path, int flags, ...)
{
    MODE(flags)
    return is_ours(path) ? open_ours(path, flags, mode, CALLER) : real_open(path, flags, mode);
}

EXPORT int open(const char *path, int flags, ...)
{
    MODE(flags)
    return is_ours(path) ? open_ours(path, flags, mode, CALLER) : real_open(path, flags, mode);
}

EXPORT int openat64(int at, const char *path, int flags, ...)
{
    MODE(flags)
    return is_ours(path) ? open_ours(path, flags, mode, CALLER) : real_openat(at, path, flags, mode);
}

EXPORT int close(int fd)
{
    const char *path = path_of(fd);
    if (path) {
        note(OP_CLOSE, CALLER, path, fd, 0, NULL, 0);
        free(paths[fd]);
        paths[fd] = NULL;
    }

    return real_close(fd);
}

EXPORT ssize_t read(int fd, void *buffer, size_t count)
{
    return fails(path_of(fd), FAIL_READ) ? -1 : real_read(fd, buffer, count);
}

EXPORT ssize_t pread64(int fd, void *buffer, size_t count, off_t offset)
{
    return fails(path_of(fd), FAIL_READ) ? -1 : real_pread(fd, buffer, count, offset);
}

static off_t end_of(int fd)
{
    struct stat about;
    return fstat(fd, &about) ? 0 : about.st_size;
}

EXPORT ssize_t pwrite64(int fd, const void *data, size_t count, off_t offset)
{
    const char *path = path_of(fd);
    ssize_t result;
    if (!path)
        return real_pwrite(fd, data, count, offset);
    if (fails(path, FAIL_WRITE))
        return -1;
    if (kill_when == 'h' && changes + 1 == kill_at && !ends_with(path, ".ack"))
        real_pwrite(fd, data, count / 2, offset);
    void *caller = CALLER;
    CHANGE(path, result, real_pwrite(fd, data, count, offset), note(OP_WRITE, caller, path, fd, offset, data, result));
    return result;
}

EXPORT ssize_t write(int fd, const void *data, size_t count)
{
    const char *path = path_of(fd);
    ssize_t result;
    if (!path)
        return real_write(fd, data, count);
    if (fails(path, FAIL_WRITE))
        return -1;
    off_t offset = real_fcntl(fd, F_GETFL) & O_APPEND ? end_of(fd) : lseek(fd, 0, SEEK_CUR);
    if (kill_when == 'h' && changes + 1 == kill_at && !ends_with(path, ".ack"))
        real_write(fd, data, count / 2);
    void *caller = CALLER;
    CHANGE(path, result, real_write(fd, data, count), note(OP_WRITE, caller, path, fd, offset, data, result));
    return result;
}

/* In parts, so that each is noted: a short count is allowed. */
EXPORT ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t offset)
{
    return path_of(fd) && count > 0 ? pwrite64(fd, parts[0].iov_base, parts[0].iov_len, offset) : real_pwritev(fd, parts, count, offset);
}

EXPORT int fsync(int fd)
{
    const char *path = path_of(fd);
    int result;
    if (!path)
        return real_fsync(fd);
    if (fails(path, FAIL_SYNC))
        return -1;
    void *caller = CALLER;
    CHANGE(path, result, real_fsync(fd), note(OP_SYNC, caller, path, fd, 0, NULL, 0));
    return result;
}

EXPORT int fdatasync(int fd)
{
    const char *path = path_of(fd);
    int result;
    if (!path)
        return real_fdatasync(fd);
    if (fails(path, FAIL_SYNC))
        return -1;
    void *caller = CALLER;
    CHANGE(path, result, real_fdatasync(fd), note(OP_SYNC, caller, path, fd, 0, NULL, 0));
    return result;
}

EXPORT int ftruncate64(int fd, off_t length)
{
    const char *path = path_of(fd);
    int result;
    if (!path)
        return real_ftruncate(fd, length);
    if (fails(path, FAIL_TRUNCATE))
        return -1;
    void *caller = CALLER;
    CHANGE(path, result, real_ftruncate(fd, length), note(OP_TRUNCATE, caller, path, fd, length, NULL, 0));
    return result;
}

EXPORT int unlink(const char *path)
{
    int result;
    if (!is_ours(path))
        return real_unlink(path);
    if (fails(path, FAIL_UNLINK))
        return -1;
    void *caller = CALLER;
    CHANGE(path, result, real_unlink(path), note(OP_UNLINK, caller, path, -1, 0, NULL, 0));
    return result;
}

EXPORT int rename(const char *from, const char *to)
{
    int result;
    if (!is_ours(from))
        return real_rename(from, to);
    void *caller = CALLER;
    CHANGE(from, result, real_rename(from, to), note(OP_RENAME, caller, from, -1, 0, to, strlen(to)));
    return result;
}

EXPORT int link(const char *from, const char *to)
{
    int result;
    if (!is_ours(from))
        return real_link(from, to);
    void *caller = CALLER;
    CHANGE(from, result, real_link(from, to), note(OP_LINK, caller, from, -1, 0, to, strlen(to)));
    return result;
}

static int fcntl_ours(int fd, int command, void *argument)
{
    const char *path = command == F_SETLK || command == F_SETLKW ? path_of(fd) : NULL;
    if (path && ((struct flock *)argument)->l_type != F_UNLCK && fails(path, FAIL_LOCK))
        return -1;
    return real_fcntl(fd, command, argument);
}

EXPORT void *mmap64(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
    return fails(path_of(fd), FAIL_SHM) ? MAP_FAILED : real_mmap(address, length, protection, flags, fd, offset);
}

/* Lets the Nth call of these kinds from now on fail, and those that follow, so many in all. */
EXPORT void walfault_arm(int kinds, long nth, int error, long times)
{
    fail_kinds = 0;
    fail_at = nth;
    fail_errno = error;
    fail_times = times;
    fail_seen = fail_done = 0;
    fail_kinds = kinds;
}

/* Lets all succeed again; how many have failed. */
EXPORT long walfault_disarm(void)
{
    fail_kinds = 0;
    return fail_done;
}

/* How many calls of the kinds armed there were since. */
EXPORT long walfault_seen(void)
{
    return fail_seen;
}
