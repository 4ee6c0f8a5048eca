/* edge_loop CHIP LINE: the least a program can do with the edges of a line: request both edges from the kernel
 * (GPIO uAPI v2), read them, count them, note the kernel's sequence gaps and how long after the kernel's timestamp
 * the read returned. On SIGTERM it prints one JSON object. The limit that the cryptometer is measured against. */
#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define MOST 1000000

static volatile sig_atomic_t ending;
static uint32_t late[MOST]; /* microseconds */

static void end(int signal) { (void)signal, ending = 1; }

static int by_value(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static double seconds(struct timeval t) { return t.tv_sec + t.tv_usec / 1e6; }

int main(int argc, char **argv) {
    struct gpio_v2_line_request request = {.num_lines = 1, .event_buffer_size = 1024, .consumer = "edge_loop"};
    struct sigaction on_term = {.sa_handler = end};
    struct gpio_v2_line_event events[64];
    struct rusage used;
    unsigned long edges = 0, lost = 0, n;
    uint32_t last = 0;
    if (argc != 3) return fprintf(stderr, "usage: edge_loop CHIP LINE\n"), 64;
    int chip = open(argv[1], O_RDONLY | O_CLOEXEC);
    if (chip < 0) return perror(argv[1]), 69;
    request.offsets[0] = (uint32_t)atoi(argv[2]);
    request.config.flags = GPIO_V2_LINE_FLAG_INPUT | GPIO_V2_LINE_FLAG_EDGE_RISING | GPIO_V2_LINE_FLAG_EDGE_FALLING;
    if (ioctl(chip, GPIO_V2_GET_LINE_IOCTL, &request) < 0) return perror("GPIO_V2_GET_LINE_IOCTL"), 69;
    sigaction(SIGTERM, &on_term, NULL);
    while (!ending) {
        ssize_t got = read(request.fd, events, sizeof events);
        struct timespec now;
        if (got < 0) {
            if (errno == EINTR) continue;
            return perror("read"), 74;
        }
        clock_gettime(CLOCK_MONOTONIC, &now);
        for (n = 0; n < (size_t)got / sizeof *events; n++) {
            int64_t micros = (now.tv_sec * 1000000000LL + now.tv_nsec - (int64_t)events[n].timestamp_ns) / 1000;
            lost += events[n].line_seqno - last - 1;
            last = events[n].line_seqno;
            if (edges < MOST) late[edges] = (uint32_t)micros;
            edges++;
        }
    }
    getrusage(RUSAGE_SELF, &used);
    n = edges < MOST ? edges : MOST;
    qsort(late, n, sizeof *late, by_value);
    printf("{\"edges\":%lu,\"lost\":%lu,\"cpuSeconds\":%.4f,\"residentMebibytes\":%.2f,"
           "\"lateMicros\":{\"p50\":%u,\"p99\":%u,\"max\":%u}}\n",
           edges, lost, seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss / 1024.0,
           n ? late[n / 2] : 0, n ? late[n * 99 / 100] : 0, n ? late[n - 1] : 0);
    return 0;
}
