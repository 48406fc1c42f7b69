/*
 * Opens the window of SQLite's WAL-reset bug (LD_PRELOAD). A checkpoint copies the header of the wal-index, and only then looks at
 * how much of the WAL is in the main file already. If all was, and a writer begins the WAL anew in between, it takes frames of the
 * new turn for copied that are not. Here a thread that holds the checkpointer's lock pauses for a millisecond in between.
 *
 * No call of the system lies there. But the header is copied twice and the copies, of 48 bytes, are compared by memcmp, which the
 * engine calls in the C library; the checkpointer's lock is byte 121 of the -shm.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

#include "forward.h"

#define CHECKPOINT_BYTE 121
#define HEADER_BYTES 48

static int (*real_fcntl)(int, int, ...);
static __thread int is_checkpointing;
static volatile long pauses;

__attribute__((constructor)) static void start(void)
{
    real_fcntl = dlsym(RTLD_NEXT, "fcntl64");
}

static int fcntl_ours(int fd, int command, void *argument)
{
    int result = real_fcntl(fd, command, argument);
    if (command == F_SETLK && !result) {
        struct flock *lock = argument;
        if (lock->l_start <= CHECKPOINT_BYTE && lock->l_start + lock->l_len > CHECKPOINT_BYTE)
            is_checkpointing = lock->l_type == F_WRLCK;
    }

    return result;
}

EXPORT int memcmp(const void *left, const void *right, size_t count)
{
    const unsigned char *a = left, *b = right;
    int difference = 0;
    for (size_t n = 0; n < count && !difference; n++)
        difference = a[n] - b[n];
    if (is_checkpointing && count == HEADER_BYTES) {
        struct timespec millisecond = { 0, 1000000 };
        __sync_add_and_fetch(&pauses, 1);
        nanosleep(&millisecond, NULL);
    }

    return difference;
}

/* How often it has paused. */
EXPORT long window_pauses(void)
{
    return pauses;
}
