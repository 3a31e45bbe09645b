/* winnow and shared_counts: hashes as sets. */

#include "bindings.h"
#include "../native/shingle.h"

#include <string.h>

static const char *const WINNOW[] = {"hashes", "window", NULL};

PyObject *winnow(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    State *state = state_of(module);
    PyObject *values[MOST_ARGUMENTS], *result = NULL;
    Py_buffer hashes = {0};
    size_t window;
    uint64_t *own = NULL;
    if (take_arguments(values, WINNOW, 1, args, count, keywords) || take_size(values[1], "window", &window) ||
        take_array(state, values[0], "hashes", UINT64, &hashes))
        goto done;
    size_t size = item_count(&hashes);
    own = size < PY_SSIZE_T_MAX / sizeof *own ? PyMem_RawMalloc(2 * size * sizeof *own + 1) : NULL;
    if (!own) {
        PyErr_NoMemory();
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS
    memcpy(own, hashes.buf, size * sizeof *own);
    size = sort_unique(own, winnow_minima(own, size, window), own + size);
    Py_END_ALLOW_THREADS
    result = array_of(state, own, size, sizeof *own, state->uint64);
done:
    PyMem_RawFree(own);
    PyBuffer_Release(&hashes);
    return result;
}

typedef struct {
    const uint64_t *values;
    const int64_t *bounds;
    size_t value_count, rows;
} Sets;

static int sets_ascend(const Sets *sets)
{
    int64_t last = 0;
    for (size_t i = 0; i <= sets->rows; i++) {
        if (sets->bounds[i] < last)
            return 0;
        last = sets->bounds[i];
    }
    return (uint64_t)last <= sets->value_count;
}

static int count_pairs(const Sets *sets, const int64_t *left, const int64_t *right, size_t pairs,
                       int64_t *counts)
{
    const int64_t *bounds = sets->bounds;
    for (size_t i = 0; i < pairs; i++) {
        if ((uint64_t)left[i] >= sets->rows || (uint64_t)right[i] >= sets->rows)
            return -1;
        counts[i] = (int64_t)shared_count(sets->values + bounds[left[i]],
                                          (size_t)(bounds[left[i] + 1] - bounds[left[i]]),
                                          sets->values + bounds[right[i]],
                                          (size_t)(bounds[right[i] + 1] - bounds[right[i]]));
    }
    return 0;
}

static const char *const SHARED_COUNTS[] = {"values", "bounds", "left", "right", NULL};

PyObject *shared_counts(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    State *state = state_of(module);
    PyObject *values[MOST_ARGUMENTS], *counts = NULL, *result = NULL;
    Py_buffer views[4] = {{0}};
    if (take_arguments(values, SHARED_COUNTS, 4, args, count, keywords))
        return NULL;
    for (int i = 0; i < 4; i++)
        if (take_array(state, values[i], SHARED_COUNTS[i], i ? INT64 : UINT64, &views[i]))
            goto done;
    size_t pairs = item_count(&views[2]), edges = item_count(&views[1]);
    Sets sets = {views[0].buf, views[1].buf, item_count(&views[0]), edges ? edges - 1 : 0};
    if (item_count(&views[3]) != pairs || (edges && !sets_ascend(&sets))) {
        PyErr_SetString(PyExc_ValueError, item_count(&views[3]) != pairs
                                              ? "left and right differ in length; a pair has one of both"
                                              : "bounds ascend from 0 to at most the number of values");
        goto done;
    }
    counts = bytes_for(pairs, sizeof(int64_t));
    if (!counts)
        goto done;
    int fault;
    Py_BEGIN_ALLOW_THREADS
    fault = count_pairs(&sets, views[2].buf, views[3].buf, pairs, (int64_t *)PyBytes_AS_STRING(counts));
    Py_END_ALLOW_THREADS
    if (fault)
        PyErr_Format(PyExc_IndexError, "left and right name rows of %zu sets, counted from 0", sets.rows);
    else
        result = array_over(state, counts, state->int64);
done:
    Py_XDECREF(counts);
    for (int i = 0; i < 4; i++)
        PyBuffer_Release(&views[i]);
    return result;
}
