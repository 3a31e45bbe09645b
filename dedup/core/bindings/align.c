/* Many pairs of texts aligned, as Python sees it; alignment.py says what the function does. */

#include "bindings.h"
#include "../native/align.h"

/* What one call works on. */
typedef struct {
    PyObject *texts, *kinds[2]; /* numerals, dates */
    size_t most, text_count, pairs;
    Lexicon lexicon;
    Reading *readings; /* of the texts that a pair names */
    Aligner *aligner;
    Shown *shown; /* of each pair */
} Work;

static void work_clear(Work *work)
{
    for (size_t i = 0; work->readings && i < work->text_count; i++)
        reading_clear(work->readings + i);
    PyMem_RawFree(work->readings);
    PyMem_RawFree(work->shown);
    aligner_free(work->aligner);
    lexicon_clear(&work->lexicon);
    Py_CLEAR(work->texts);
    Py_CLEAR(work->kinds[0]);
    Py_CLEAR(work->kinds[1]);
}

static int mark_kinds(Work *work, Desk *desk, const FoldTable *table)
{
    static const int kinds[] = {NUMERAL, DATE};
    for (int which = 0; which < 2; which++)
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(work->kinds[which]); i++)
            if (fold_str(desk, table, PyTuple_GET_ITEM(work->kinds[which], i)) ||
                lexicon_mark(&work->lexicon, desk_folded(desk), desk->folded_count, kinds[which]))
                return -1;
    return 0;
}

static int read_once(Work *work, Desk *desk, const FoldTable *table, int64_t row)
{
    Reading *reading = work->readings + row;
    if (reading->words)
        return 0;
    return fold_str(desk, table, PyTuple_GET_ITEM(work->texts, (Py_ssize_t)row)) ||
           reading_fill(reading, &work->lexicon, desk_folded(desk), desk->folded_count, work->most);
}

static int align_all(Work *work, const FoldTable *table, const int64_t *left, const int64_t *right,
                     int64_t *counts)
{
    Desk desk = {0};
    int fault = mark_kinds(work, &desk, table);
    for (size_t i = 0; !fault && i < work->pairs; i++)
        fault = read_once(work, &desk, table, left[i]) || read_once(work, &desk, table, right[i]);
    desk_clear(&desk);
    if (!fault)
        fault = !(work->aligner = aligner_new(&work->lexicon));
    for (size_t i = 0; !fault && i < work->pairs; i++)
        fault = align_readings(work->aligner, work->readings + left[i], work->readings + right[i],
                               counts + i * ALIGNED, work->shown + i);
    return fault;
}

static PyObject *word_string(const Lexicon *lexicon, uint32_t word)
{
    const Entry *entry = lexicon->entries + word;
    return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, lexicon->letters + entry->start,
                                     (Py_ssize_t)entry->length);
}

static PyObject *word_strings(const Lexicon *lexicon, const uint32_t *words, Py_ssize_t count)
{
    PyObject *strings = PyTuple_New(count);
    for (Py_ssize_t i = 0; strings && i < count; i++) {
        PyObject *string = word_string(lexicon, words[i]);
        if (string)
            PyTuple_SET_ITEM(strings, i, string);
        else
            Py_CLEAR(strings);
    }
    return strings;
}

static PyObject *exchanged_strings(const Lexicon *lexicon, const Shown *shown)
{
    PyObject *all = PyTuple_New(shown->exchanged_count);
    for (Py_ssize_t i = 0; all && i < shown->exchanged_count; i++) {
        PyObject *pair = word_strings(lexicon, shown->exchanged[i], 2);
        if (pair)
            PyTuple_SET_ITEM(all, i, pair);
        else
            Py_CLEAR(all);
    }
    return all;
}

/* What every pair shows: facts exchanged, and the fresh words of its left and of its right text. */
static PyObject *shown_of(const Work *work, int what)
{
    PyObject *list = PyList_New((Py_ssize_t)work->pairs);
    for (size_t i = 0; list && i < work->pairs; i++) {
        const Shown *shown = work->shown + i;
        PyObject *strings =
            what ? word_strings(&work->lexicon, shown->fresh[what - 1], shown->fresh_count[what - 1])
                 : exchanged_strings(&work->lexicon, shown);
        if (strings)
            PyList_SET_ITEM(list, (Py_ssize_t)i, strings);
        else
            Py_CLEAR(list);
    }
    return list;
}

static PyObject *results_of(State *state, const Work *work, PyObject *counts)
{
    PyObject *parts[] = {in_rows(array_over(state, counts, state->int64), work->pairs, ALIGNED),
                         shown_of(work, 0), shown_of(work, 1), shown_of(work, 2)};
    return tuple_of(parts, 4);
}

static int take_work(Work *work, PyObject *const *values)
{
    work->texts = tuple_of_strings(values[0], "text");
    work->kinds[0] = work->texts ? tuple_of_strings(values[3], "numeral") : NULL;
    work->kinds[1] = work->kinds[0] ? tuple_of_strings(values[4], "date") : NULL;
    return work->kinds[1] ? take_size(values[5], "most", &work->most) : -1;
}

static int work_begin(Work *work, size_t pairs)
{
    work->text_count = (size_t)PyTuple_GET_SIZE(work->texts);
    work->pairs = pairs;
    work->readings = PyMem_RawCalloc(work->text_count + 1, sizeof *work->readings);
    work->shown = PyMem_RawCalloc(work->pairs + 1, sizeof *work->shown);
    if (work->readings && work->shown)
        return 0;
    PyErr_NoMemory();
    return -1;
}

static const char *const ALIGN_PAIRS[] = {"texts", "left", "right", "numerals", "dates", "most", NULL};

PyObject *align_pairs(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    State *state = state_of(module);
    PyObject *values[MOST_ARGUMENTS], *counts = NULL, *result = NULL;
    Py_buffer left = {0}, right = {0};
    Work work = {0};
    if (take_arguments(values, ALIGN_PAIRS, 3, args, count, keywords))
        return NULL;
    if (take_work(&work, values) ||
        take_pairs(state, values + 1, (size_t)PyTuple_GET_SIZE(work.texts), &left, &right) ||
        load_table(state) || work_begin(&work, item_count(&left)))
        goto done;
    counts = bytes_for(work.pairs * ALIGNED, sizeof(int64_t));
    if (!counts)
        goto done;
    int fault;
    Py_BEGIN_ALLOW_THREADS
    fault = align_all(&work, state->table, left.buf, right.buf, (int64_t *)PyBytes_AS_STRING(counts));
    Py_END_ALLOW_THREADS
    result = fault ? PyErr_NoMemory() : results_of(state, &work, counts);
done:
    work_clear(&work);
    Py_XDECREF(counts);
    PyBuffer_Release(&left);
    PyBuffer_Release(&right);
    return result;
}
