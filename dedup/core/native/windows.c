/* Windows of letters and their hashes. The twin of letter_windows.py. */

#include "windows.h"

static inline size_t size_of(const FoldTable *table, uint16_t letter)
{
    return table->unspaced[letter] ? table->unspaced[letter] & SCRIPT_SIZE : 1;
}

static inline uint64_t window_sum(const uint16_t *letters, const uint64_t *factors, size_t width)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < width; i++)
        sum += letters[i] * factors[i];
    return sum;
}

static inline void hash_each(const uint16_t *letters, uint64_t *starts, size_t count,
                             const uint64_t *factors, size_t width)
{
    uint64_t length = (uint64_t)width * factors[width];
    for (size_t i = 0; i < count; i++)
        starts[i] = mix64(length + window_sum(letters + starts[i], factors, width));
}

static uint64_t hash_of(const uint16_t *letters, size_t count, const WindowRule *rule)
{
    return mix64(count * rule->factors[rule->width] + window_sum(letters, rule->factors, count));
}

/* Letters of the window that begins with the first of these; 0 where the text ends before it does. */
static size_t window_letters(const uint16_t *letters, size_t left, const WindowRule *rule)
{
    size_t count = 0;
    for (size_t size = 0; size < rule->width && count < rule->width; count++) {
        if (count == left)
            return 0;
        size += size_of(rule->table, letters[count]);
    }
    return count;
}

static size_t hash_sized(const uint16_t *letters, size_t letter_count, uint64_t *starts, size_t start_count,
                         const WindowRule *rule)
{
    size_t hashed = 0;
    for (; hashed < start_count; hashed++) {
        size_t start = (size_t)starts[hashed], count = window_letters(letters + start, letter_count - start, rule);
        if (!count)
            break;
        starts[hashed] = hash_of(letters + start, count, rule);
    }
    return hashed;
}

size_t window_hashes(const uint16_t *letters, size_t letter_count, uint64_t *starts, size_t start_count,
                     const WindowRule *rule)
{
    size_t width = rule->width, hashed = 0;
    if (rule->sized)
        hashed = hash_sized(letters, letter_count, starts, start_count, rule);
    else if (letter_count >= width) {
        while (start_count && starts[start_count - 1] > letter_count - width)
            start_count--;
        hashed = start_count;
        if (width == 20) /* the recipe's: a constant lets the compiler unroll it */
            hash_each(letters, starts, start_count, rule->factors, 20);
        else
            hash_each(letters, starts, start_count, rule->factors, width);
    }
    if (!hashed && letter_count) {
        starts[0] = hash_of(letters, letter_count, rule);
        return 1;
    }
    return hashed;
}

size_t window_end(const uint16_t *letters, size_t letter_count, size_t start, const WindowRule *rule)
{
    size_t count = window_letters(letters + start, letter_count - start, rule);
    return count ? start + count : letter_count;
}

size_t text_size(const uint16_t *letters, size_t letter_count, const WindowRule *rule)
{
    size_t size = 0;
    if (!rule->sized)
        return letter_count;
    for (size_t i = 0; i < letter_count; i++)
        size += size_of(rule->table, letters[i]);
    return size;
}
