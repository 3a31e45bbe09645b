/* word_differences: what one text of a pair lacks of the words of the other. */

#include "bindings.h"
#include "../native/words.h"

#include <stdlib.h>

/* What one call works on. */
typedef struct {
    TextWords *words;  /* of each text */
    Numerals numerals;
    size_t texts;
    Numbers numbers[2]; /* that the right texts lack, that the left ones lack */
    int64_t *ends[2];   /* where those of each pair end */
} Held;

static void held_clear(Held *held)
{
    for (size_t i = 0; held->words && i < held->texts; i++)
        words_clear(held->words + i);
    PyMem_RawFree(held->words);
    PyMem_RawFree(held->numerals.hashes);
    for (int side = 0; side < 2; side++) {
        free(held->numbers[side].words);
        PyMem_RawFree(held->ends[side]);
    }
    *held = (Held){0};
}

static int held_begin(Held *held, size_t texts, size_t numerals, size_t pairs)
{
    held->words = PyMem_RawCalloc(texts + 1, sizeof *held->words);
    held->numerals.hashes = PyMem_RawCalloc(numerals + 1, sizeof(uint64_t));
    for (int side = 0; side < 2; side++)
        held->ends[side] = PyMem_RawCalloc(pairs + 1, sizeof **held->ends);
    held->texts = texts;
    if (held->words && held->numerals.hashes && held->ends[0] && held->ends[1])
        return 0;
    PyErr_NoMemory();
    return -1;
}

static int list_texts(Held *held, Desk *desk, const FoldTable *table, PyObject *texts, PyObject *numerals)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(numerals); i++) {
        if (fold_str(desk, table, PyTuple_GET_ITEM(numerals, i)))
            return -1;
        numerals_add(&held->numerals, desk_folded(desk), desk->folded_count);
    }
    for (size_t i = 0; i < held->texts; i++)
        if (fold_str(desk, table, PyTuple_GET_ITEM(texts, (Py_ssize_t)i)) ||
            words_list(held->words + i, desk_folded(desk), desk->folded_count, &held->numerals))
            return -1;
    return 0;
}

enum { COUNTED = 5 }; /* new words left and right, words left and right, numbers in both */

static int hold_pairs(Held *held, const int64_t *left, const int64_t *right, size_t pairs, int64_t *counts)
{
    for (size_t i = 0; i < pairs; i++, counts += COUNTED) {
        TextWords *ours = held->words + left[i], *theirs = held->words + right[i];
        if (words_missing(ours, theirs, counts, counts + 4, &held->numbers[0]) ||
            words_missing(theirs, ours, counts + 1, counts + 4, &held->numbers[1]))
            return -1;
        counts[2] = (int64_t)ours->distinct;
        counts[3] = (int64_t)theirs->distinct;
        for (int side = 0; side < 2; side++)
            held->ends[side][i + 1] = (int64_t)held->numbers[side].count;
    }
    return 0;
}

static PyObject *number_strings(const TextWords *words, const uint32_t *numbers, size_t count)
{
    PyObject *strings = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; strings && i < count; i++) {
        size_t length;
        const uint16_t *units = word_units(words, numbers[i], &length);
        PyObject *string = string_of(units, length);
        if (string)
            PyTuple_SET_ITEM(strings, (Py_ssize_t)i, string);
        else
            Py_CLEAR(strings);
    }
    return strings;
}

/* The numbers of one side of every pair, a tuple each. */
static PyObject *numbers_of(const Held *held, int side, const int64_t *texts, size_t pairs)
{
    PyObject *list = PyList_New((Py_ssize_t)pairs);
    const int64_t *ends = held->ends[side];
    for (size_t i = 0; list && i < pairs; i++) {
        PyObject *strings = number_strings(held->words + texts[i], held->numbers[side].words + ends[i],
                                           (size_t)(ends[i + 1] - ends[i]));
        if (strings)
            PyList_SET_ITEM(list, (Py_ssize_t)i, strings);
        else
            Py_CLEAR(list);
    }
    return list;
}

static PyObject *differences_of(State *state, const Held *held, PyObject *counts, const Py_buffer *left,
                                const Py_buffer *right)
{
    size_t pairs = item_count(left);
    PyObject *parts[] = {
        in_rows(array_over(state, counts, state->int64), pairs, COUNTED),
        numbers_of(held, 0, left->buf, pairs),
        numbers_of(held, 1, right->buf, pairs),
    };
    return tuple_of(parts, 3);
}

static const char *const WORD_DIFFERENCES[] = {"texts", "left", "right", "numerals", NULL};

PyObject *word_differences(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    State *state = state_of(module);
    PyObject *values[MOST_ARGUMENTS], *texts = NULL, *numerals = NULL, *counts = NULL, *result = NULL;
    Py_buffer left = {0}, right = {0};
    Held held = {0};
    Desk desk = {0};
    if (take_arguments(values, WORD_DIFFERENCES, 3, args, count, keywords))
        return NULL;
    texts = tuple_of_strings(values[0], "text");
    numerals = texts ? tuple_of_strings(values[3], "numeral") : NULL;
    if (!numerals || take_pairs(state, values + 1, (size_t)PyTuple_GET_SIZE(texts), &left, &right) ||
        load_table(state))
        goto done;
    size_t pairs = item_count(&left), size = (size_t)PyTuple_GET_SIZE(texts);
    counts = bytes_for(pairs * COUNTED, sizeof(int64_t));
    if (!counts || held_begin(&held, size, (size_t)PyTuple_GET_SIZE(numerals), pairs))
        goto done;
    int fault;
    Py_BEGIN_ALLOW_THREADS
    fault = list_texts(&held, &desk, state->table, texts, numerals) ||
            hold_pairs(&held, left.buf, right.buf, pairs, (int64_t *)PyBytes_AS_STRING(counts));
    desk_clear(&desk);
    Py_END_ALLOW_THREADS
    result = fault ? PyErr_NoMemory() : differences_of(state, &held, counts, &left, &right);
done:
    held_clear(&held);
    Py_XDECREF(counts);
    PyBuffer_Release(&left);
    PyBuffer_Release(&right);
    Py_XDECREF(texts);
    Py_XDECREF(numerals);
    return result;
}
