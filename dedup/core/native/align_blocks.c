/* The passages that two texts hold in the same order.

   The alignment is that of fewest insertions and deletions: Hyyroe, "Bit-parallel LCS-length computation
   revisited", 2004, with its matrix kept, 64 words of the left text at a time. Of equal paths it takes the
   one that the twin takes: from the end, words that only the left text has come first. */

#include "aligner.h"

#include <string.h>

enum { BITS = 64 };

/* Fill the matrix: a bit is 0 where one more word of the right text makes the common sequence longer. */
static int fill_matrix(Aligner *aligner, Passage left, Passage right)
{
    size_t columns = (left.count + BITS - 1) / BITS;
    if (right.count > SIZE_MAX / columns)
        return -1;
    size_t states = columns * right.count;
    uint64_t *matrix = more_room(aligner->matrix, &aligner->matrix_room, states, sizeof *matrix);
    if (!matrix)
        return -1;
    aligner->matrix = matrix;
    uint8_t *carries = more_room(aligner->carries, &aligner->carries_room, right.count, sizeof *carries);
    if (!carries)
        return -1;
    aligner->carries = carries;
    memset(carries, 0, right.count);
    Note *notes = aligner->notes;
    for (size_t first = 0; first < left.count; first += BITS, matrix += right.count) {
        size_t last = left.count - first < BITS ? left.count : first + BITS;
        uint64_t state = ~(uint64_t)0;
        for (size_t i = first; i < last; i++)
            notes[left.words[i]].places |= (uint64_t)1 << (i - first);
        for (size_t i = 0; i < right.count; i++) {
            uint64_t both = state & notes[right.words[i]].places;
            uint64_t sum = state + both, carried = sum + carries[i];
            carries[i] = (uint8_t)((sum < state) | (carried < sum));
            state = carried | (state - both);
            matrix[i] = state;
        }
        for (size_t i = first; i < last; i++)
            notes[left.words[i]].places = 0;
    }
    return 0;
}

/* Put a passage before those that follow it, or make the first of them longer. */
static void block_before(Aligner *aligner, size_t at, size_t other_at, size_t size)
{
    Block *last = aligner->blocks + aligner->block_count - 1;
    if (aligner->block_count && last->at == at + size && last->other_at == other_at + size)
        *last = (Block){at, other_at, last->size + size};
    else
        aligner->blocks[aligner->block_count++] = (Block){at, other_at, size};
}

static void walk_back(Aligner *aligner, size_t ahead, size_t column, size_t row, size_t rows)
{
    const uint64_t *matrix = aligner->matrix;
    while (row && column) {
        size_t left = column - 1;
        const uint64_t *states = matrix + left / BITS * rows;
        if (states[row - 1] >> left % BITS & 1)
            column--;
        else if (--row == 0 || states[row - 1] >> left % BITS & 1) {
            column--;
            block_before(aligner, ahead + column, ahead + row, 1);
        }
    }
}

int find_blocks(Aligner *aligner)
{
    Passage left = aligner->sides[0].text, right = aligner->sides[1].text;
    size_t fewer = left.count < right.count ? left.count : right.count, ahead = 0, behind = 0;
    Block *blocks = more_room(aligner->blocks, &aligner->blocks_room, fewer + 2, sizeof *blocks);
    if (!blocks)
        return -1;
    aligner->blocks = blocks;
    aligner->block_count = 0;
    while (ahead < fewer && left.words[ahead] == right.words[ahead])
        ahead++;
    while (behind < fewer - ahead &&
           left.words[left.count - behind - 1] == right.words[right.count - behind - 1])
        behind++;
    if (behind)
        block_before(aligner, left.count - behind, right.count - behind, behind);
    Passage middle = {left.words + ahead, left.count - ahead - behind};
    Passage other = {right.words + ahead, right.count - ahead - behind};
    if (middle.count && other.count) {
        if (fill_matrix(aligner, middle, other))
            return -1;
        walk_back(aligner, ahead, middle.count, other.count, other.count);
    }
    if (ahead)
        block_before(aligner, 0, 0, ahead);
    return 0;
}
