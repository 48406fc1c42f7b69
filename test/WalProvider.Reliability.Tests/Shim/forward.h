/* Both names of fcntl lead to fcntl_ours, which the file that includes this defines. It passes the argument on as it came. */
#include <fcntl.h>
#include <stdarg.h>

#define EXPORT __attribute__((visibility("default")))
#define FORWARD                                \
    va_list rest;                              \
    va_start(rest, command);                   \
    void *argument = va_arg(rest, void *);     \
    va_end(rest);                              \
    return fcntl_ours(fd, command, argument);

static int fcntl_ours(int fd, int command, void *argument);

EXPORT int fcntl(int fd, int command, ...)
{
    FORWARD
}

EXPORT int fcntl64(int fd, int command, ...)
{
    FORWARD
}
