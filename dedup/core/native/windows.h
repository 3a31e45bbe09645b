/* Windows of letters, and their hashes: the shingles of a text. */

#ifndef DEDUP_WINDOWS_H
#define DEDUP_WINDOWS_H

#include "fold.h"

typedef struct {
    const FoldTable *table;
    const uint64_t *factors; /* width + 1 */
    size_t width;            /* letters of an alphabet in a window */
    int sized;               /* whether the text has letters that count for more or less than one */
} WindowRule;

/* The finaliser of MurmurHash3. */
static inline uint64_t mix64(uint64_t value)
{
    value = (value ^ value >> 33) * 0xFF51AFD7ED558CCDu;
    value = (value ^ value >> 33) * 0xC4CEB9FE1A85EC53u;
    return value ^ value >> 33;
}

/* Put the hash of the window in place of each start. A text shorter than one window is hashed whole. Returns how many
   there are. */
size_t window_hashes(const uint16_t *letters, size_t letter_count, uint64_t *starts, size_t start_count,
                     const WindowRule *rule);

/* Where the window ends that begins at `start`, or the text. */
size_t window_end(const uint16_t *letters, size_t letter_count, size_t start, const WindowRule *rule);

/* How many letters of an alphabet a text counts for. */
size_t text_size(const uint16_t *letters, size_t letter_count, const WindowRule *rule);

#endif
