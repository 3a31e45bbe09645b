/* The passages that two texts have in the same order.

   The alignment is that of fewest insertions and deletions: Hyyroe, "Bit-parallel LCS-length computation
   revisited", 2004, with its matrix kept, 64 words of the left text at a time. Of equal paths it takes the
   one that the twin takes: from the end, words that only the left text has come first. Texts that are too
   long for the matrix are cut at anchors. The twin of kept_passages.py. */

#include "aligner.h"

#include <stdlib.h>
#include <string.h>

enum { BITS = 64 };

typedef struct {
    const uint32_t *words;
    size_t count;
} Words;

/* Whether two passages may be aligned in one piece. */
static int fits(const Aligner *aligner, size_t left, size_t right)
{
    uint64_t room = (uint64_t)aligner->most * aligner->most;
    return !left || right <= room / left;
}

/* Fill the matrix: a bit is 0 where one more word of the right text makes the common sequence longer. */
static int fill_matrix(Aligner *aligner, Words left, Words right)
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
    if (!size)
        return;
    Block *last = aligner->blocks + aligner->block_count - 1;
    if (aligner->block_count && last->at == at + size && last->other_at == other_at + size)
        *last = (Block){at, other_at, last->size + size};
    else
        aligner->blocks[aligner->block_count++] = (Block){at, other_at, size};
}

static void walk_back(Aligner *aligner, Block start, size_t column, size_t rows)
{
    const uint64_t *matrix = aligner->matrix;
    size_t row = rows;
    while (row && column) {
        size_t left = column - 1;
        const uint64_t *states = matrix + left / BITS * rows;
        if (states[row - 1] >> left % BITS & 1)
            column--;
        else if (--row == 0 || states[row - 1] >> left % BITS & 1) {
            column--;
            block_before(aligner, start.at + column, start.other_at + row, 1);
        }
    }
}

/* Align two passages in one piece, if that takes no more room than two texts of the greatest length. */
static int align_piece(Aligner *aligner, Block start, Block end)
{
    const uint32_t *left = aligner->sides[0].words + start.at, *right = aligner->sides[1].words + start.other_at;
    size_t left_count = end.at - start.at, right_count = end.other_at - start.other_at, ahead = 0, behind = 0;
    size_t fewer = left_count < right_count ? left_count : right_count;
    if (!fits(aligner, left_count, right_count))
        return 0;
    while (ahead < fewer && left[ahead] == right[ahead])
        ahead++;
    while (behind < fewer - ahead && left[left_count - behind - 1] == right[right_count - behind - 1])
        behind++;
    block_before(aligner, end.at - behind, end.other_at - behind, behind);
    Words middle = {left + ahead, left_count - ahead - behind}, other = {right + ahead, right_count - ahead - behind};
    if (middle.count && other.count) {
        if (fill_matrix(aligner, middle, other))
            return -1;
        walk_back(aligner, (Block){start.at + ahead, start.other_at + ahead, 0}, middle.count, other.count);
    }
    block_before(aligner, start.at, start.other_at, ahead);
    return 0;
}

/* Align two texts between the passages that occur once in each. */
static int align_pieces(Aligner *aligner, Block start, Block end)
{
    Block *anchors = NULL;
    size_t count = 0;
    int fault = find_anchors(aligner, start, end, &anchors, &count);
    while (!fault && count-- > 0) {
        Block anchor = anchors[count];
        fault = align_piece(aligner, (Block){anchor.at + anchor.size, anchor.other_at + anchor.size, 0}, end);
        block_before(aligner, anchor.at, anchor.other_at, anchor.size);
        end = anchor;
    }
    free(anchors);
    return fault || align_piece(aligner, start, end) ? -1 : 0;
}

int find_blocks(Aligner *aligner)
{
    const Side *left = aligner->sides, *right = aligner->sides + 1;
    size_t fewer = left->count < right->count ? left->count : right->count, ahead = 0, behind = 0;
    Block *blocks = more_room(aligner->blocks, &aligner->blocks_room, fewer + 2, sizeof *blocks);
    if (!blocks)
        return -1;
    aligner->blocks = blocks;
    aligner->block_count = 0;
    while (ahead < fewer && left->words[ahead] == right->words[ahead])
        ahead++;
    while (behind < fewer - ahead && left->words[left->count - behind - 1] == right->words[right->count - behind - 1])
        behind++;
    Block start = {ahead, ahead, 0}, end = {left->count - behind, right->count - behind, 0};
    block_before(aligner, end.at, end.other_at, behind);
    int fault = fits(aligner, end.at - ahead, end.other_at - ahead) ? align_piece(aligner, start, end)
                                                                    : align_pieces(aligner, start, end);
    block_before(aligner, 0, 0, ahead);
    return fault;
}
