/* Everything about a text at once: prepare and prepare_many. */

#include "bindings.h"
#include "../native/digest.h"
#include "../native/shingle.h"

#include <string.h>

/* What one run asks of every text. */
typedef struct {
    size_t letters, window;
    PyObject *factors;
    const FoldTable *table;
    Permutations permutations;
} Wanted;

static void wanted_clear(Wanted *wanted)
{
    Py_CLEAR(wanted->factors);
    permutations_clear(&wanted->permutations);
}

static int take_wanted(State *state, PyObject *const *values, Wanted *wanted)
{
    if (take_size(values[0], "letters", &wanted->letters) || take_size(values[1], "window", &wanted->window) ||
        take_permutations(state, values + 2, &wanted->permutations) || load_table(state))
        return -1;
    wanted->table = state->table;
    wanted->factors = factors_for(state, wanted->letters);
    return wanted->factors ? 0 : -1;
}

/* Everything about one text, onto the desk; the shingles there are ascending, the fingerprints are at
   the beginning of the sequence. */
static int prepare_text(Desk *desk, const Wanted *wanted, int kind, const void *text, size_t length,
                        uint32_t *signature)
{
    if (fold_text(desk, wanted->table, kind, text, length))
        return -1;
    size_t count = window_hashes(desk->letters, desk->letter_count, desk->sequence, desk->sequence_count,
                                 factors_in(wanted->factors), wanted->letters);
    if (desk_reserve_sets(desk, count + 1))
        return -1;
    if (count)
        memcpy(desk->shingles, desk->sequence, count * sizeof *desk->shingles);
    desk->shingle_count = sort_unique(desk->shingles, count, desk->spare);
    if (count / SHORT_WINDOWS > wanted->window)
        count = winnow_minima(desk->sequence, count, wanted->window);
    desk->fingerprint_count = sort_unique(desk->sequence, count, desk->spare);
    uint32_t *mixed = (uint32_t *)desk->spare;
    mix32_upper(desk->shingles, desk->shingle_count, mixed);
    const Permutations *all = &wanted->permutations;
    all->minhash(mixed, desk->shingle_count, all->a.buf, all->b.buf, signature, all->count);
    return 0;
}

static PyObject *prepared_tuple(State *state, const Desk *desk, PyObject *signature)
{
    PyObject *parts[] = {
        PyLong_FromSize_t(desk->letter_count),
        PyBytes_FromStringAndSize((const char *)desk_folded(desk), (Py_ssize_t)(2 * desk->folded_count)),
        array_of(state, desk->shingles, desk->shingle_count, sizeof(uint64_t), state->uint64),
        array_of(state, desk->sequence, desk->fingerprint_count, sizeof(uint64_t), state->uint64),
        array_over(state, signature, state->uint32),
    };
    return tuple_of(parts, 5);
}

static const char *const PREPARE[] = {"text", "letters", "window", "a", "b", NULL};

PyObject *prepare(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    State *state = state_of(module);
    PyObject *values[MOST_ARGUMENTS], *signature = NULL, *result = NULL;
    Wanted wanted = {0};
    Desk desk = {0};
    if (take_arguments(values, PREPARE, 1, args, count, keywords))
        return NULL;
    PyObject *text = values[0];
    if (!PyUnicode_Check(text))
        return PyErr_Format(PyExc_TypeError, "a text is a str, not %s", Py_TYPE(text)->tp_name);
    if (!take_wanted(state, values + 1, &wanted))
        signature = bytes_for(wanted.permutations.count, sizeof(uint32_t));
    if (signature) {
        int fault;
        Py_BEGIN_ALLOW_THREADS
        fault = prepare_text(&desk, &wanted, (int)PyUnicode_KIND(text), PyUnicode_DATA(text),
                             (size_t)PyUnicode_GET_LENGTH(text), (uint32_t *)PyBytes_AS_STRING(signature));
        Py_END_ALLOW_THREADS
        result = fault ? PyErr_NoMemory() : prepared_tuple(state, &desk, signature);
    }
    Py_XDECREF(signature);
    desk_clear(&desk);
    wanted_clear(&wanted);
    return result;
}

/* What is known of many texts, an array or a pile each. */
typedef struct {
    PyObject *letters, *digests, *signatures;
    Pile shingles, fingerprints;
} Batch;

static int batch_begin(Batch *batch, size_t texts, size_t permutations)
{
    if (permutations > (size_t)PY_SSIZE_T_MAX / sizeof(uint32_t)) {
        PyErr_NoMemory();
        return -1;
    }
    batch->letters = bytes_for(texts, sizeof(int64_t));
    batch->digests = bytes_for(texts, DIGEST_SIZE);
    batch->signatures = permutations ? bytes_for(texts, sizeof(uint32_t) * permutations) : bytes_for(0, 1);
    if (!batch->letters || !batch->digests || !batch->signatures)
        return -1;
    return pile_begin(&batch->shingles, texts) || pile_begin(&batch->fingerprints, texts) ? -1 : 0;
}

static void batch_clear(Batch *batch)
{
    Py_CLEAR(batch->letters);
    Py_CLEAR(batch->digests);
    Py_CLEAR(batch->signatures);
    pile_clear(&batch->shingles);
    pile_clear(&batch->fingerprints);
}

static int batch_add(Batch *batch, Desk *desk, const Wanted *wanted, PyObject *text, size_t row)
{
    uint32_t *signatures = (uint32_t *)PyBytes_AS_STRING(batch->signatures);
    if (prepare_text(desk, wanted, (int)PyUnicode_KIND(text), PyUnicode_DATA(text),
                     (size_t)PyUnicode_GET_LENGTH(text), signatures + row * wanted->permutations.count))
        return -1;
    ((int64_t *)PyBytes_AS_STRING(batch->letters))[row] = (int64_t)desk->letter_count;
    digest_units(desk_folded(desk), desk->folded_count,
                 (uint8_t *)PyBytes_AS_STRING(batch->digests) + row * DIGEST_SIZE, DIGEST_SIZE);
    return pile_add(&batch->shingles, desk->shingles, desk->shingle_count, row) ||
                   pile_add(&batch->fingerprints, desk->sequence, desk->fingerprint_count, row)
               ? -1
               : 0;
}

static PyObject *batch_tuple(State *state, const Batch *batch, size_t texts, size_t permutations)
{
    const Pile *shingles = &batch->shingles, *prints = &batch->fingerprints;
    PyObject *parts[] = {
        array_over(state, batch->letters, state->int64),
        Py_NewRef(batch->digests),
        array_of(state, shingles->values, shingles->count, sizeof(uint64_t), state->uint64),
        array_over(state, shingles->bounds, state->int64),
        array_of(state, prints->values, prints->count, sizeof(uint64_t), state->uint64),
        array_over(state, prints->bounds, state->int64),
        in_rows(array_over(state, batch->signatures, state->uint32), texts, permutations),
    };
    return tuple_of(parts, 7);
}

static const char *const PREPARE_MANY[] = {"texts", "letters", "window", "a", "b", NULL};

PyObject *prepare_many(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    State *state = state_of(module);
    PyObject *values[MOST_ARGUMENTS], *result = NULL;
    Wanted wanted = {0};
    Desk desk = {0};
    Batch batch = {0};
    if (take_arguments(values, PREPARE_MANY, 1, args, count, keywords))
        return NULL;
    PyObject *texts = tuple_of_strings(values[0], "text");
    if (!texts)
        return NULL;
    size_t size = (size_t)PyTuple_GET_SIZE(texts);
    if (take_wanted(state, values + 1, &wanted) || batch_begin(&batch, size, wanted.permutations.count))
        goto done;
    int fault = 0;
    Py_BEGIN_ALLOW_THREADS
    for (size_t i = 0; i < size && !fault; i++)
        fault = batch_add(&batch, &desk, &wanted, PyTuple_GET_ITEM(texts, (Py_ssize_t)i), i);
    desk_clear(&desk);
    Py_END_ALLOW_THREADS
    result = fault ? PyErr_NoMemory() : batch_tuple(state, &batch, size, wanted.permutations.count);
done:
    batch_clear(&batch);
    wanted_clear(&wanted);
    Py_DECREF(texts);
    return result;
}
