/* The fold table: one entry for each UTF-16 unit, made from the arrays of fold_table.npz. */

#include "fold.h"

#include <stdlib.h>
#include <string.h>

enum { SEE_CODES = 1 }; /* in `units`: the result is in `codes`, as fold_table.py writes it */

/* The flags of a folded unit. */
static uint32_t kinds_of(const FoldTable *table, uint16_t unit)
{
    uint8_t script = table->unspaced[unit];
    uint32_t kinds = script & SCRIPT_LETTER ? UNSPACED : 0;
    kinds |= is_latin_base(unit) ? LATIN : 0;
    kinds |= is_foreign(unit) ? FOREIGN : 0;
    kinds |= unit == '0' ? ZERO : 0;
    return kinds | (script && (script & SCRIPT_SIZE) != 1 ? LARGE : 0);
}

static int fill_entries(FoldTable *table, const uint16_t *units)
{
    size_t row = 0;
    for (uint32_t unit = 0; unit < 0x10000; unit++) {
        uint32_t to = units[unit];
        while (row < table->code_count && table->codes[row] < unit)
            row++;
        if (to == SEE_CODES) {
            if (row == table->code_count || row > 0xFFFF || table->codes[row] != unit)
                return -1;
            table->entries[unit] = LOOK_UP | (uint32_t)row;
        } else if (to == SPACE)
            table->entries[unit] = BLANK;
        else if (to)
            table->entries[unit] = LETTER | to | kinds_of(table, (uint16_t)to);
        else
            table->entries[unit] = 0;
    }
    return 0;
}

static int is_consistent(const FoldTable *table, size_t expansions)
{
    if (table->starts[table->code_count] > expansions)
        return 0;
    for (size_t i = 0; i < table->code_count; i++)
        if (table->starts[i] > table->starts[i + 1] || table->starts[i + 1] - table->starts[i] > LONGEST)
            return 0;
    return 1;
}

static void *copy_of(const void *values, size_t count, size_t size)
{
    void *copy = malloc(count * size + 1);
    if (copy && count)
        memcpy(copy, values, count * size);
    return copy;
}

int fold_table_new(FoldTable **made, const uint16_t *units, const uint8_t *unspaced, const uint16_t *raw,
                   const uint16_t *look_alikes, const uint32_t *codes, size_t code_count, const uint32_t *starts,
                   const uint16_t *expansions, size_t expansion_count)
{
    FoldTable *table = calloc(1, sizeof *table);
    if (!table)
        return -1;
    memcpy(table->unspaced, unspaced, sizeof table->unspaced);
    memcpy(table->raw, raw, sizeof table->raw);
    memcpy(table->look_alikes, look_alikes, sizeof table->look_alikes);
    table->code_count = code_count;
    table->codes = copy_of(codes, code_count, sizeof *codes);
    table->starts = copy_of(starts, code_count + 1, sizeof *starts);
    table->expansions = copy_of(expansions, expansion_count, sizeof *expansions);
    int fault = table->codes && table->starts && table->expansions ? 0 : -1;
    if (!fault && (!is_consistent(table, expansion_count) || fill_entries(table, units)))
        fault = 1;
    if (fault)
        fold_table_free(table);
    else
        *made = table;
    return fault;
}

void fold_table_free(FoldTable *table)
{
    if (!table)
        return;
    free(table->codes);
    free(table->starts);
    free(table->expansions);
    free(table);
}
