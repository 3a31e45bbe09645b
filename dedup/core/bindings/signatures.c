/* minhash and band_keys: hashes to signatures, signatures to keys. */

#include "bindings.h"
#include "../native/shingle.h"

int take_permutations(State *state, PyObject *const *values, Permutations *permutations)
{
    if (take_array(state, values[0], "a", UINT32, &permutations->a) ||
        take_array(state, values[1], "b", UINT32, &permutations->b))
        return -1;
    permutations->count = item_count(&permutations->a);
    permutations->minhash = state->simd->minhash;
    if (item_count(&permutations->b) != permutations->count) {
        PyErr_SetString(PyExc_ValueError, "a and b differ in length; each permutation has one of both");
        return -1;
    }
    return 0;
}

void permutations_clear(Permutations *permutations)
{
    PyBuffer_Release(&permutations->a);
    PyBuffer_Release(&permutations->b);
}

static const char *const MINHASH[] = {"hashes", "a", "b", NULL};

PyObject *minhash(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    State *state = state_of(module);
    PyObject *values[MOST_ARGUMENTS], *signature = NULL, *result = NULL;
    Py_buffer hashes = {0};
    Permutations all = {0};
    uint32_t *mixed = NULL;
    if (take_arguments(values, MINHASH, 3, args, count, keywords) ||
        take_array(state, values[0], "hashes", UINT32, &hashes) ||
        take_permutations(state, values + 1, &all))
        goto done;
    signature = bytes_for(all.count, sizeof(uint32_t));
    mixed = PyMem_RawMalloc((size_t)hashes.len + 1);
    if (!mixed || !signature) {
        PyErr_NoMemory();
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS
    mix32_all(hashes.buf, item_count(&hashes), mixed);
    all.minhash(mixed, item_count(&hashes), all.a.buf, all.b.buf, (uint32_t *)PyBytes_AS_STRING(signature),
                all.count);
    Py_END_ALLOW_THREADS
    result = array_over(state, signature, state->uint32);
done:
    PyMem_RawFree(mixed);
    Py_XDECREF(signature);
    permutations_clear(&all);
    PyBuffer_Release(&hashes);
    return result;
}

static const char *const BAND_KEYS[] = {"signatures", "rows", NULL};

PyObject *band_keys_of(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    State *state = state_of(module);
    PyObject *values[MOST_ARGUMENTS], *array = NULL, *keys = NULL, *result = NULL;
    Py_buffer signatures = {0}, factors = {0};
    size_t rows;
    if (take_arguments(values, BAND_KEYS, 1, args, count, keywords) || take_size(values[1], "rows", &rows) ||
        take_array(state, values[0], "signatures", UINT32, &signatures))
        goto done;
    if (signatures.ndim != 2) {
        PyErr_SetString(PyExc_ValueError, "signatures have one row a document, as a table of two dimensions");
        goto done;
    }
    size_t documents = (size_t)signatures.shape[0], length = (size_t)signatures.shape[1];
    size_t bands = length / rows;
    if (bands) { /* else no factor is needed, and `rows` may be any size */
        array = ask_plain("multipliers", rows);
        if (!array || take_array(state, array, "factors", UINT64, &factors))
            goto done;
    }
    keys = bytes_for(documents * bands, sizeof(uint64_t));
    if (!keys)
        goto done;
    if (bands) {
        Py_BEGIN_ALLOW_THREADS
        band_keys(signatures.buf, documents, length, rows, factors.buf, (uint64_t *)PyBytes_AS_STRING(keys));
        Py_END_ALLOW_THREADS
    }
    result = in_rows(array_over(state, keys, state->uint64), bands, documents);
done:
    Py_XDECREF(keys);
    PyBuffer_Release(&factors);
    PyBuffer_Release(&signatures);
    Py_XDECREF(array);
    return result;
}
