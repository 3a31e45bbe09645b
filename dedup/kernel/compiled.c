/* The hot loops as Python sees them: arguments in, arrays out, the GIL released around each loop.

   The names, bits and edge cases are those of plain.py, which says what each function does. */

#include "glue.h"

#include <stdlib.h>
#include <string.h>

State *state_of(PyObject *module)
{
    return PyModule_GetState(module);
}

/* Arguments */

/* Sort arguments into `values` by name; `positional` of them may come without. All must come. */
int take_arguments(PyObject **values, const char *const *names, Py_ssize_t positional, PyObject *const *args,
                Py_ssize_t count, PyObject *keywords)
{
    Py_ssize_t named = keywords ? PyTuple_GET_SIZE(keywords) : 0, wanted = 0;
    while (names[wanted])
        values[wanted++] = NULL;
    if (count > positional) {
        PyErr_Format(PyExc_TypeError, "%zd arguments without a name came, at most %zd may", count, positional);
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++)
        values[i] = args[i];
    for (Py_ssize_t i = 0; i < named; i++) {
        PyObject *name = PyTuple_GET_ITEM(keywords, i);
        Py_ssize_t at = 0;
        while (names[at] && PyUnicode_CompareWithASCIIString(name, names[at]))
            at++;
        if (!names[at] || values[at]) {
            PyErr_Format(PyExc_TypeError, "the argument %R is unknown or came twice", name);
            return -1;
        }
        values[at] = args[count + i];
    }
    for (Py_ssize_t at = 0; at < wanted; at++)
        if (!values[at]) {
            PyErr_Format(PyExc_TypeError, "the argument '%s' is missing", names[at]);
            return -1;
        }
    return 0;
}

int take_size(PyObject *value, const char *name, size_t *size)
{
    Py_ssize_t number = PyNumber_AsSsize_t(value, PyExc_OverflowError);
    if (number == -1 && PyErr_Occurred())
        return -1;
    if (number < 1) {
        PyErr_Format(PyExc_ValueError, "%s=%zd is not usable: 1 or more", name, number);
        return -1;
    }
    *size = (size_t)number;
    return 0;
}

const Type UINT16 = {"uint16", "H", 2}, UINT32 = {"uint32", "IL", 4}, UINT64 = {"uint64", "LQ", 8},
           INT64 = {"int64", "lq", 8}, UINT8 = {"uint8", "B", 1};

/* The memory of an array of this type, itself or a copy that is in one piece and aligned. */
int take_array(State *state, PyObject *value, const char *name, Type type, Py_buffer *view)
{
    int fault = PyObject_GetBuffer(value, view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT);
    if (fault || (uintptr_t)view->buf % (uintptr_t)type.size) {
        PyErr_Clear();
        PyBuffer_Release(view);
        PyObject *copy = PyObject_CallFunction(state->require, "OOs", value, Py_None, "CA");
        fault = !copy || PyObject_GetBuffer(copy, view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT);
        Py_XDECREF(copy); /* the view holds it */
        if (fault)
            return -1;
    }
    const char *format = view->format ? view->format : "B";
    if (view->itemsize != type.size || strlen(format) != 1 || !strchr(type.formats, *format)) {
        PyErr_Format(PyExc_TypeError, "%s is an array of '%s', not of %s", name, format, type.name);
        return -1;
    }
    return 0;
}

size_t item_count(const Py_buffer *view)
{
    return (size_t)(view->len / view->itemsize);
}

PyObject *tuple_of_strings(PyObject *value, const char *name)
{
    PyObject *all = PySequence_Tuple(value); /* nobody else can change this one */
    for (Py_ssize_t i = 0; all && i < PyTuple_GET_SIZE(all); i++)
        if (!PyUnicode_Check(PyTuple_GET_ITEM(all, i))) {
            PyErr_Format(PyExc_TypeError, "%s %zd is no str but %s", name, i,
                         Py_TYPE(PyTuple_GET_ITEM(all, i))->tp_name);
            Py_CLEAR(all);
        }
    return all;
}

/* Results */

PyObject *array_over(State *state, PyObject *bytes, PyObject *type)
{
    PyObject *args[] = {bytes, type};
    return bytes ? PyObject_Vectorcall(state->frombuffer, args, 2, NULL) : NULL;
}

/* Take `bytes` over and give an array on them. */
static PyObject *array_on(State *state, PyObject *bytes, PyObject *type)
{
    PyObject *array = array_over(state, bytes, type);
    Py_XDECREF(bytes);
    return array;
}

static PyObject *array_of(State *state, const void *values, size_t count, size_t size, PyObject *type)
{
    return array_on(state, PyBytes_FromStringAndSize(values, (Py_ssize_t)(count * size)), type);
}

PyObject *bytes_for(size_t count, size_t size)
{
    if (count > (size_t)PY_SSIZE_T_MAX / size)
        return PyErr_NoMemory();
    return PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(count * size));
}

/* Take `array` over and give it with rows of `length`. */
PyObject *in_rows(PyObject *array, size_t rows, size_t length)
{
    PyObject *table = array ? PyObject_CallMethod(array, "reshape", "nn", (Py_ssize_t)rows, (Py_ssize_t)length)
                            : NULL;
    Py_XDECREF(array);
    return table;
}

/* What is loaded from plain.py */

static PyObject *ask_plain(const char *name, size_t number)
{
    PyObject *plain = PyImport_ImportModule("dedup.kernel.plain");
    if (!plain)
        return NULL;
    PyObject *answer = number ? PyObject_CallMethod(plain, name, "n", (Py_ssize_t)number)
                              : PyObject_CallMethod(plain, name, NULL);
    Py_DECREF(plain);
    return answer;
}

static void table_free(FoldTable *table)
{
    if (!table)
        return;
    PyMem_Free(table->codes);
    PyMem_Free(table->starts);
    PyMem_Free(table->expansions);
    PyMem_Free(table);
}

static int fill_entries(FoldTable *table, const uint16_t *units)
{
    size_t row = 0;
    for (uint32_t unit = 0; unit < 0x10000; unit++) {
        uint32_t to = units[unit];
        while (row < table->code_count && table->codes[row] < unit)
            row++;
        if (to == 1) {
            if (row == table->code_count || row > 0xFFFF || table->codes[row] != unit)
                return -1;
            table->entries[unit] = LOOK_UP | (uint32_t)row;
        } else if (to == SPACE)
            table->entries[unit] = BLANK;
        else if (to)
            table->entries[unit] = LETTER | to | (table->unspaced[to] ? UNSPACED : 0);
        else
            table->entries[unit] = 0;
    }
    return 0;
}

static void *copied(const Py_buffer *view)
{
    void *copy = PyMem_Malloc((size_t)view->len + 1);
    if (copy)
        memcpy(copy, view->buf, (size_t)view->len);
    return copy;
}

static int consistent(const FoldTable *table, size_t starts, size_t expansions)
{
    if (starts != table->code_count + 1 || table->starts[starts - 1] > expansions)
        return 0;
    for (size_t i = 0; i < table->code_count; i++)
        if (table->starts[i] > table->starts[i + 1] || table->starts[i + 1] - table->starts[i] > LONGEST)
            return 0;
    return 1;
}

static FoldTable *table_from(State *state, PyObject *packed)
{
    static const char *const names[] = {"units", "codes", "starts", "expansions", "unspaced"};
    const Type types[] = {UINT16, UINT32, UINT32, UINT16, {"bool", "?", 1}};
    Py_buffer views[5] = {{0}};
    FoldTable *table = NULL;
    int ready = PyTuple_Check(packed) && PyTuple_GET_SIZE(packed) == 5;
    for (int i = 0; ready && i < 5; i++)
        ready = !take_array(state, PyTuple_GET_ITEM(packed, i), names[i], types[i], &views[i]);
    if (ready && item_count(&views[0]) == 0x10000 && item_count(&views[4]) == 0x10000 && item_count(&views[2])) {
        table = PyMem_Calloc(1, sizeof *table);
        if (table) {
            memcpy(table->unspaced, views[4].buf, sizeof table->unspaced);
            table->code_count = item_count(&views[1]);
            table->codes = copied(&views[1]);
            table->starts = copied(&views[2]);
            table->expansions = copied(&views[3]);
        }
        if (!table || !table->codes || !table->starts || !table->expansions)
            PyErr_NoMemory();
        else if (!consistent(table, item_count(&views[2]), item_count(&views[3])) ||
                 fill_entries(table, views[0].buf))
            PyErr_SetString(PyExc_ValueError, "the fold table contradicts itself; install the package again");
    } else if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "the fold table has another shape; install the package again");
    for (int i = 0; i < 5; i++)
        PyBuffer_Release(&views[i]);
    if (!PyErr_Occurred())
        return table;
    table_free(table);
    return NULL;
}

int load_table(State *state)
{
    if (state->table)
        return 0;
    PyObject *packed = ask_plain("packed_tables", 0);
    FoldTable *table = packed ? table_from(state, packed) : NULL;
    Py_XDECREF(packed);
    if (state->table) /* another thread was sooner */
        table_free(table);
    else
        state->table = table;
    return state->table ? 0 : -1;
}

/* A new reference to the bytes of the factors for windows of `width`. */
static PyObject *factors_for(State *state, size_t width)
{
    if (state->width != width) {
        PyObject *array = ask_plain("multipliers", width);
        PyObject *bytes = array ? PyObject_CallMethod(array, "tobytes", NULL) : NULL;
        Py_XDECREF(array);
        if (!bytes)
            return NULL;
        Py_XSETREF(state->factors, bytes);
        state->width = width;
    }
    return Py_NewRef(state->factors);
}

static const uint64_t *factors_in(PyObject *factors)
{
    return (const uint64_t *)PyBytes_AS_STRING(factors);
}

/* prepare */

/* What one run asks of every text. */
typedef struct {
    size_t letters, window, permutations;
    PyObject *factors;
    Py_buffer a, b;
    const FoldTable *table;
    MinHash *minhash;
} Wanted;

static void wanted_clear(Wanted *wanted)
{
    Py_CLEAR(wanted->factors);
    PyBuffer_Release(&wanted->a);
    PyBuffer_Release(&wanted->b);
}

static int take_permutations(State *state, PyObject *const *values, Wanted *wanted)
{
    if (take_array(state, values[0], "a", UINT32, &wanted->a) ||
        take_array(state, values[1], "b", UINT32, &wanted->b))
        return -1;
    wanted->permutations = item_count(&wanted->a);
    wanted->minhash = state->simd->minhash;
    if (item_count(&wanted->b) != wanted->permutations) {
        PyErr_SetString(PyExc_ValueError, "a and b differ in length; each permutation has one of both");
        return -1;
    }
    return 0;
}

static int take_wanted(State *state, PyObject *const *values, Wanted *wanted)
{
    if (take_size(values[0], "letters", &wanted->letters) || take_size(values[1], "window", &wanted->window) ||
        take_permutations(state, values + 2, wanted) || load_table(state))
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
    wanted->minhash(mixed, desk->shingle_count, wanted->a.buf, wanted->b.buf, signature,
                    wanted->permutations);
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
    PyObject *all = NULL;
    if (parts[0] && parts[1] && parts[2] && parts[3] && parts[4])
        all = PyTuple_Pack(5, parts[0], parts[1], parts[2], parts[3], parts[4]);
    for (int i = 0; i < 5; i++)
        Py_XDECREF(parts[i]);
    return all;
}

static const char *const PREPARE[] = {"text", "letters", "window", "a", "b", NULL};

static PyObject *prepare(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
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
        signature = bytes_for(wanted.permutations, sizeof(uint32_t));
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

/* prepare_many */

/* Values of all texts, one after the other, and where those of each begin. */
typedef struct {
    uint64_t *values;
    size_t count, room;
    PyObject *bounds;
} Pile;

static int pile_add(Pile *pile, const uint64_t *values, size_t count, size_t text)
{
    if (count > pile->room - pile->count) {
        size_t room = pile->count + count + (pile->count + count) / 2;
        uint64_t *larger = room <= SIZE_MAX / sizeof *larger
                               ? PyMem_RawRealloc(pile->values, room * sizeof *larger)
                               : NULL;
        if (!larger)
            return -1;
        pile->values = larger;
        pile->room = room;
    }
    if (count)
        memcpy(pile->values + pile->count, values, count * sizeof *values);
    pile->count += count;
    ((int64_t *)PyBytes_AS_STRING(pile->bounds))[text + 1] = (int64_t)pile->count;
    return 0;
}

static int pile_begin(Pile *pile, size_t texts)
{
    pile->bounds = bytes_for(texts + 1, sizeof(int64_t));
    if (pile->bounds)
        ((int64_t *)PyBytes_AS_STRING(pile->bounds))[0] = 0;
    return pile->bounds ? 0 : -1;
}

static void pile_clear(Pile *pile)
{
    PyMem_RawFree(pile->values);
    Py_CLEAR(pile->bounds);
}

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
                     (size_t)PyUnicode_GET_LENGTH(text), signatures + row * wanted->permutations))
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
    PyObject *all = PyTuple_New(7);
    for (int i = 0; i < 7; i++) {
        if (!parts[i])
            Py_CLEAR(all);
        if (all)
            PyTuple_SET_ITEM(all, i, parts[i]);
        else
            Py_XDECREF(parts[i]);
    }
    return all;
}

static const char *const PREPARE_MANY[] = {"texts", "letters", "window", "a", "b", NULL};

static PyObject *prepare_many(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
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
    if (take_wanted(state, values + 1, &wanted) || batch_begin(&batch, size, wanted.permutations))
        goto done;
    int fault = 0;
    Py_BEGIN_ALLOW_THREADS
    for (size_t i = 0; i < size && !fault; i++)
        fault = batch_add(&batch, &desk, &wanted, PyTuple_GET_ITEM(texts, (Py_ssize_t)i), i);
    desk_clear(&desk);
    Py_END_ALLOW_THREADS
    result = fault ? PyErr_NoMemory() : batch_tuple(state, &batch, size, wanted.permutations);
done:
    batch_clear(&batch);
    wanted_clear(&wanted);
    Py_DECREF(texts);
    return result;
}

/* The parts that stand alone */

static const char *const WINNOW[] = {"hashes", "window", NULL};

static PyObject *winnow(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
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

static const char *const MINHASH[] = {"hashes", "a", "b", NULL};

static PyObject *minhash(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    State *state = state_of(module);
    PyObject *values[MOST_ARGUMENTS], *signature = NULL, *result = NULL;
    Py_buffer hashes = {0};
    Wanted wanted = {0};
    uint32_t *mixed = NULL;
    if (take_arguments(values, MINHASH, 3, args, count, keywords) ||
        take_array(state, values[0], "hashes", UINT32, &hashes) ||
        take_permutations(state, values + 1, &wanted))
        goto done;
    signature = bytes_for(wanted.permutations, sizeof(uint32_t));
    mixed = PyMem_RawMalloc((size_t)hashes.len + 1);
    if (!mixed || !signature) {
        PyErr_NoMemory();
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS
    mix32_all(hashes.buf, item_count(&hashes), mixed);
    wanted.minhash(mixed, item_count(&hashes), wanted.a.buf, wanted.b.buf,
                   (uint32_t *)PyBytes_AS_STRING(signature), wanted.permutations);
    Py_END_ALLOW_THREADS
    result = array_over(state, signature, state->uint32);
done:
    PyMem_RawFree(mixed);
    Py_XDECREF(signature);
    wanted_clear(&wanted);
    PyBuffer_Release(&hashes);
    return result;
}

static const char *const BAND_KEYS[] = {"signatures", "rows", NULL};

static PyObject *band_keys_of(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
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

static PyObject *shared_counts(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
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

/* word_differences */

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

int fold_str(Desk *desk, const FoldTable *table, PyObject *text)
{
    return fold_text(desk, table, (int)PyUnicode_KIND(text), PyUnicode_DATA(text),
                     (size_t)PyUnicode_GET_LENGTH(text));
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
        PyObject *string = PyUnicode_DecodeUTF16((const char *)units, (Py_ssize_t)(2 * length), "surrogatepass",
                                                 &(int){PY_BIG_ENDIAN ? 1 : -1});
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

int rows_within(const Py_buffer *rows, size_t count)
{
    const int64_t *values = rows->buf;
    for (size_t i = 0; i < item_count(rows); i++)
        if ((uint64_t)values[i] >= count)
            return 0;
    return 1;
}

static const char *const WORD_DIFFERENCES[] = {"texts", "left", "right", "numerals", NULL};

static PyObject *word_differences(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
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
    if (!numerals || take_array(state, values[1], "left", INT64, &left) ||
        take_array(state, values[2], "right", INT64, &right) || load_table(state))
        goto done;
    size_t pairs = item_count(&left), size = (size_t)PyTuple_GET_SIZE(texts);
    if (item_count(&right) != pairs || !rows_within(&left, size) || !rows_within(&right, size)) {
        PyErr_Format(PyExc_IndexError, "left and right name one of %zu texts each, counted from 0", size);
        goto done;
    }
    counts = bytes_for(pairs * COUNTED, sizeof(int64_t));
    if (!counts || held_begin(&held, size, (size_t)PyTuple_GET_SIZE(numerals), pairs))
        goto done;
    int fault;
    Py_BEGIN_ALLOW_THREADS
    fault = list_texts(&held, &desk, state->table, texts, numerals) ||
            hold_pairs(&held, left.buf, right.buf, pairs, (int64_t *)PyBytes_AS_STRING(counts));
    desk_clear(&desk);
    Py_END_ALLOW_THREADS
    if (fault) {
        PyErr_NoMemory();
        goto done;
    }
    PyObject *parts[] = {in_rows(array_over(state, counts, state->int64), pairs, COUNTED),
                         numbers_of(&held, 0, left.buf, pairs), numbers_of(&held, 1, right.buf, pairs)};
    if (parts[0] && parts[1] && parts[2])
        result = PyTuple_Pack(3, parts[0], parts[1], parts[2]);
    for (int i = 0; i < 3; i++)
        Py_XDECREF(parts[i]);
done:
    held_clear(&held);
    Py_XDECREF(counts);
    PyBuffer_Release(&left);
    PyBuffer_Release(&right);
    Py_XDECREF(texts);
    Py_XDECREF(numerals);
    return result;
}

/* distinct_words */

/* The hashes of the words of each text, by first appearance. */
static int pile_words(Pile *pile, Desk *desk, const FoldTable *table, PyObject *texts)
{
    uint64_t *hashes = NULL;
    int fault = 0;
    for (Py_ssize_t i = 0; !fault && i < PyTuple_GET_SIZE(texts); i++) {
        TextWords words = {0};
        fault = fold_str(desk, table, PyTuple_GET_ITEM(texts, i)) ||
                words_list_all(&words, desk_folded(desk), desk->folded_count, table->unspaced);
        uint64_t *larger = fault ? NULL : PyMem_RawRealloc(hashes, (words.distinct + 1) * sizeof *hashes);
        fault = !larger;
        if (larger) {
            hashes = larger;
            for (size_t word = 0; word < words.distinct; word++)
                hashes[word] = words.words[word].hash;
            fault = pile_add(pile, hashes, words.distinct, (size_t)i);
        }
        words_clear(&words);
    }
    PyMem_RawFree(hashes);
    return fault;
}

static PyObject *distinct_words(PyObject *module, PyObject *value)
{
    State *state = state_of(module);
    PyObject *texts = tuple_of_strings(value, "text"), *result = NULL;
    Pile pile = {0};
    Desk desk = {0};
    if (!texts)
        return NULL;
    if (!load_table(state) && !pile_begin(&pile, (size_t)PyTuple_GET_SIZE(texts))) {
        int fault;
        Py_BEGIN_ALLOW_THREADS
        fault = pile_words(&pile, &desk, state->table, texts);
        desk_clear(&desk);
        Py_END_ALLOW_THREADS
        PyObject *hashes = fault ? PyErr_NoMemory()
                                 : array_of(state, pile.values, pile.count, sizeof(uint64_t), state->uint64);
        PyObject *bounds = hashes ? array_over(state, pile.bounds, state->int64) : NULL;
        result = bounds ? PyTuple_Pack(2, hashes, bounds) : NULL;
        Py_XDECREF(hashes);
        Py_XDECREF(bounds);
    }
    pile_clear(&pile);
    Py_DECREF(texts);
    return result;
}

/* weigh_words */

/* What one call is asked, and what it works on. */
typedef struct {
    PyObject *texts;
    Py_buffer left, right, documents, bounds, known[4];
    TermTable lexicon;
    size_t most;
    WeighedText *weighed;
    Terms terms;
    int64_t *ends; /* of the terms of each kind */
} Weighing;

static void weighing_clear(Weighing *weighing)
{
    for (Py_ssize_t i = 0; weighing->weighed && i < PyTuple_GET_SIZE(weighing->texts); i++)
        weighed_clear(weighing->weighed + i);
    PyMem_RawFree(weighing->weighed);
    PyMem_RawFree(weighing->ends);
    free(weighing->terms.terms);
    free(weighing->lexicon.begins);
    Py_buffer *views[] = {&weighing->left, &weighing->right, &weighing->documents, &weighing->bounds};
    for (int i = 0; i < 4; i++) {
        PyBuffer_Release(views[i]);
        PyBuffer_Release(&weighing->known[i]);
    }
    Py_XDECREF(weighing->texts);
}

static int take_lexicon(State *state, PyObject *value, Weighing *weighing)
{
    static const char *const names[] = {"hashes", "rarity", "kinds", "repeats"};
    const Type types[] = {UINT64, UINT32, UINT8, UINT32};
    Py_buffer *known = weighing->known;
    if (!PyTuple_Check(value) || PyTuple_GET_SIZE(value) != 5) {
        PyErr_SetString(PyExc_TypeError, "a lexicon is a tuple of hashes, rarity, kinds, repeats and unknown");
        return -1;
    }
    for (int i = 0; i < 4; i++)
        if (take_array(state, PyTuple_GET_ITEM(value, i), names[i], types[i], &known[i]))
            return -1;
    unsigned long unknown = PyLong_AsUnsignedLong(PyTuple_GET_ITEM(value, 4));
    if (unknown == (unsigned long)-1 && PyErr_Occurred())
        return -1;
    if (item_count(&known[1]) != item_count(&known[0]) || item_count(&known[2]) != item_count(&known[0]) || !item_count(&known[3]) ||
        unknown > UINT32_MAX) {
        PyErr_SetString(PyExc_ValueError,
                        "hashes, rarity and kinds differ in length, repeats is empty, or unknown has over 32 bits");
        return -1;
    }
    weighing->lexicon = (TermTable){known[0].buf, known[1].buf, known[2].buf, known[3].buf,
                                  item_count(&known[0]), item_count(&known[3]), (uint32_t)unknown, NULL, 0};
    return 0;
}

static int clusters_stand(const Weighing *weighing)
{
    const int64_t *bounds = weighing->bounds.buf;
    size_t edges = item_count(&weighing->bounds), documents = item_count(&weighing->documents);
    if (!edges || bounds[0] || (uint64_t)bounds[edges - 1] != documents)
        return 0;
    for (size_t i = 1; i < edges; i++)
        if (bounds[i] <= bounds[i - 1])
            return 0;
    return 1;
}

static const char *const WEIGH_WORDS[] = {"texts", "left", "right", "documents", "bounds", "lexicon", "most", NULL};

static int take_weighing(State *state, PyObject *const *values, Weighing *weighing)
{
    Py_buffer *views[] = {&weighing->left, &weighing->right, &weighing->documents, &weighing->bounds};
    weighing->texts = tuple_of_strings(values[0], "text");
    if (!weighing->texts)
        return -1;
    for (int i = 0; i < 4; i++)
        if (take_array(state, values[1 + i], WEIGH_WORDS[1 + i], INT64, views[i]))
            return -1;
    size_t size = (size_t)PyTuple_GET_SIZE(weighing->texts);
    if (item_count(views[0]) != item_count(views[1]) || !rows_within(views[0], size) || !rows_within(views[1], size) ||
        !rows_within(views[2], size)) {
        PyErr_Format(PyExc_IndexError, "left, right and documents name one of %zu texts each, counted from 0", size);
        return -1;
    }
    if (!clusters_stand(weighing)) {
        PyErr_SetString(PyExc_ValueError, "bounds ascend from 0 to the number of documents, none twice");
        return -1;
    }
    return take_lexicon(state, values[5], weighing) || take_size(values[6], "most", &weighing->most) ||
           load_table(state);
}

static int weighing_begin(Weighing *weighing)
{
    weighing->weighed = PyMem_RawCalloc((size_t)PyTuple_GET_SIZE(weighing->texts) + 1, sizeof(WeighedText));
    size_t kinds = item_count(&weighing->documents) + item_count(&weighing->bounds);
    weighing->ends = PyMem_RawCalloc(kinds, sizeof *weighing->ends);
    if (weighing->weighed && weighing->ends)
        return 0;
    PyErr_NoMemory();
    return -1;
}

static int weigh(Weighing *weighing, Desk *desk, const FoldTable *table, double *products)
{
    const int64_t *left = weighing->left.buf, *right = weighing->right.buf;
    const int64_t *documents = weighing->documents.buf, *bounds = weighing->bounds.buf;
    int64_t *ends = weighing->ends;
    if (term_table_index(&weighing->lexicon))
        return -1;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(weighing->texts); i++)
        if (fold_str(desk, table, PyTuple_GET_ITEM(weighing->texts, i)) ||
            weigh_text(weighing->weighed + i, desk_folded(desk), desk->folded_count, table->unspaced,
                       &weighing->lexicon))
            return -1;
    for (size_t i = 0; i < item_count(&weighing->left); i++)
        products[i] = weighed_product(weighing->weighed + left[i], weighing->weighed + right[i]);
    for (size_t i = 0; i + 1 < item_count(&weighing->bounds); i++) {
        size_t size = (size_t)(bounds[i + 1] - bounds[i]);
        if (cluster_terms(&weighing->terms, weighing->weighed, documents + bounds[i], size, weighing->most, ends))
            return -1;
        ends += size + 1;
    }
    return 0;
}

static PyObject *string_of(const uint16_t *units, size_t count)
{
    const union {
        uint16_t unit;
        uint8_t first;
    } probe = {1};
    int order = probe.first ? -1 : 1;
    return PyUnicode_DecodeUTF16((const char *)units, (Py_ssize_t)(2 * count), "surrogatepass", &order);
}

/* The words from `from` to `to`, a space between them. */
static PyObject *phrase_string(const TextWords *words, size_t from, size_t to)
{
    size_t total = to - from, count;
    for (size_t i = from; i <= to; i++)
        total += words->words[words->sequence[i]].length;
    uint16_t *phrase = PyMem_RawMalloc((total + 1) * sizeof *phrase), *at = phrase;
    if (!phrase)
        return PyErr_NoMemory();
    for (size_t i = from; i <= to; i++) {
        const uint16_t *units = word_units(words, words->sequence[i], &count);
        memcpy(at, units, count * sizeof *at);
        at += count;
        *at++ = SPACE;
    }
    PyObject *string = string_of(phrase, total);
    PyMem_RawFree(phrase);
    return string;
}

/* The terms of one kind, and how each stands in its text. */
static PyObject *terms_and_phrases(const Weighing *weighing, size_t from, size_t to)
{
    PyObject *terms = PyTuple_New((Py_ssize_t)(to - from)), *phrases = PyTuple_New((Py_ssize_t)(to - from));
    PyObject *both = terms && phrases ? PyTuple_Pack(2, terms, phrases) : NULL;
    for (size_t i = from; both && i < to; i++) {
        const Term *term = weighing->terms.terms + i;
        const TextWords *words = &weighing->weighed[term->text].words;
        size_t count;
        const uint16_t *units = word_units(words, term->word, &count);
        PyObject *string = string_of(units, count), *phrase = Py_XNewRef(string);
        if (string && term->from < term->to)
            Py_SETREF(phrase, phrase_string(words, term->from, term->to));
        if (!string || !phrase)
            Py_CLEAR(both);
        PyTuple_SET_ITEM(terms, (Py_ssize_t)(i - from), string);
        PyTuple_SET_ITEM(phrases, (Py_ssize_t)(i - from), phrase);
    }
    Py_XDECREF(terms);
    Py_XDECREF(phrases);
    return both;
}

static PyObject *every_term(const Weighing *weighing)
{
    size_t clusters = item_count(&weighing->bounds) - 1, kinds = clusters + item_count(&weighing->documents);
    PyObject *list = PyList_New((Py_ssize_t)kinds);
    for (size_t i = 0; list && i < kinds; i++) {
        size_t from = i ? (size_t)weighing->ends[i - 1] : 0;
        PyObject *both = terms_and_phrases(weighing, from, (size_t)weighing->ends[i]);
        if (both)
            PyList_SET_ITEM(list, (Py_ssize_t)i, both);
        else
            Py_CLEAR(list);
    }
    return list;
}

/* The square of each text; its words, and those of them that tell its language. */
static int texts_of(State *state, const Weighing *weighing, PyObject **squares, PyObject **lengths)
{
    size_t texts = (size_t)PyTuple_GET_SIZE(weighing->texts);
    PyObject *first = bytes_for(texts, sizeof(double)), *second = bytes_for(texts, 2 * sizeof(int64_t));
    for (size_t i = 0; first && second && i < texts; i++) {
        const WeighedText *text = weighing->weighed + i;
        ((double *)PyBytes_AS_STRING(first))[i] = text->square;
        ((int64_t *)PyBytes_AS_STRING(second))[2 * i] = text->length;
        ((int64_t *)PyBytes_AS_STRING(second))[2 * i + 1] = text->telling;
    }
    *squares = array_on(state, first, state->float64);
    *lengths = in_rows(array_on(state, second, state->int64), texts, 2);
    return *squares && *lengths ? 0 : -1;
}

static PyObject *weigh_words(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    State *state = state_of(module);
    PyObject *values[MOST_ARGUMENTS], *products = NULL, *result = NULL;
    PyObject *squares = NULL, *lengths = NULL, *terms = NULL;
    Weighing weighing = {0};
    Desk desk = {0};
    if (take_arguments(values, WEIGH_WORDS, 3, args, count, keywords))
        return NULL;
    if (take_weighing(state, values, &weighing) || weighing_begin(&weighing))
        goto done;
    products = bytes_for(item_count(&weighing.left), sizeof(double));
    if (!products)
        goto done;
    int fault;
    Py_BEGIN_ALLOW_THREADS
    fault = weigh(&weighing, &desk, state->table, (double *)PyBytes_AS_STRING(products));
    desk_clear(&desk);
    Py_END_ALLOW_THREADS
    if (fault) {
        PyErr_NoMemory();
        goto done;
    }
    products = array_on(state, products, state->float64);
    terms = products && !texts_of(state, &weighing, &squares, &lengths) ? every_term(&weighing) : NULL;
    result = terms ? PyTuple_Pack(4, products, squares, lengths, terms) : NULL;
done:
    weighing_clear(&weighing);
    Py_XDECREF(products);
    Py_XDECREF(squares);
    Py_XDECREF(lengths);
    Py_XDECREF(terms);
    return result;
}

/* utf16 */

/* Units of a text in UTF-16; those of a wide one are counted, since some take two. */
static size_t units_of(PyObject *text)
{
    size_t length = (size_t)PyUnicode_GET_LENGTH(text), units = length;
    if (PyUnicode_KIND(text) == PyUnicode_4BYTE_KIND)
        for (size_t i = 0; i < length; i++)
            units += PyUnicode_4BYTE_DATA(text)[i] > 0xFFFF;
    return units;
}

static uint16_t *put_units(uint16_t *to, PyObject *text)
{
    size_t length = (size_t)PyUnicode_GET_LENGTH(text);
    switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND:
        for (size_t i = 0; i < length; i++)
            *to++ = PyUnicode_1BYTE_DATA(text)[i];
        return to;
    case PyUnicode_2BYTE_KIND:
        if (length)
            memcpy(to, PyUnicode_2BYTE_DATA(text), length * sizeof *to);
        return to + length;
    default:
        for (size_t i = 0; i < length; i++) {
            uint32_t code = PyUnicode_4BYTE_DATA(text)[i];
            if (code > 0xFFFF) {
                *to++ = (uint16_t)(0xD800 | (code - 0x10000) >> 10);
                code = 0xDC00 | (code & 0x3FF);
            }
            *to++ = (uint16_t)code;
        }
        return to;
    }
}

static PyObject *utf16(PyObject *module, PyObject *texts)
{
    State *state = state_of(module);
    PyObject *all = tuple_of_strings(texts, "text"), *ends = NULL, *units = NULL, *result = NULL;
    if (!all)
        return NULL;
    size_t count = (size_t)PyTuple_GET_SIZE(all), total = 0;
    ends = bytes_for(count + 1, sizeof(int64_t));
    if (!ends)
        goto done;
    int64_t *end = (int64_t *)PyBytes_AS_STRING(ends);
    *end = 0;
    for (size_t i = 0; i < count; i++) {
        total += units_of(PyTuple_GET_ITEM(all, (Py_ssize_t)i));
        end[i + 1] = (int64_t)(2 * total);
    }
    units = bytes_for(total, sizeof(uint16_t));
    if (!units)
        goto done;
    uint16_t *to = (uint16_t *)PyBytes_AS_STRING(units);
    Py_BEGIN_ALLOW_THREADS
    for (size_t i = 0; i < count; i++)
        to = put_units(to, PyTuple_GET_ITEM(all, (Py_ssize_t)i));
    Py_END_ALLOW_THREADS
    PyObject *array = array_over(state, ends, state->int64);
    result = array ? PyTuple_Pack(2, units, array) : NULL;
    Py_XDECREF(array);
done:
    Py_XDECREF(units);
    Py_XDECREF(ends);
    Py_DECREF(all);
    return result;
}

/* What runs */

static PyObject *simd(PyObject *module, PyObject *Py_UNUSED(nothing))
{
    return PyUnicode_FromString(state_of(module)->simd->name);
}

static PyObject *simd_names(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(nothing))
{
    PyObject *names = PyList_New(0);
    for (const SimdPath *path = simd_paths(); names && path->name; path++) {
        PyObject *name = PyUnicode_FromString(path->name);
        if (!name || PyList_Append(names, name))
            Py_CLEAR(names);
        Py_XDECREF(name);
    }
    return names;
}

static PyObject *use_simd(PyObject *module, PyObject *name)
{
    if (!PyUnicode_Check(name))
        return PyErr_Format(PyExc_TypeError, "a name is a str, not %s", Py_TYPE(name)->tp_name);
    for (const SimdPath *path = simd_paths(); path->name; path++)
        if (!PyUnicode_CompareWithASCIIString(name, path->name)) {
            state_of(module)->simd = path;
            Py_RETURN_NONE;
        }
    return PyErr_Format(PyExc_ValueError, "this processor has no %R", name);
}

static PyObject *compiler(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(nothing))
{
#if defined(__clang__)
    return PyUnicode_FromFormat("clang %d.%d.%d", __clang_major__, __clang_minor__, __clang_patchlevel__);
#elif defined(__GNUC__)
    return PyUnicode_FromFormat("gcc %d.%d.%d", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#elif defined(_MSC_VER)
    return PyUnicode_FromFormat("msvc %d", _MSC_VER);
#else
    return PyUnicode_FromString("unknown");
#endif
}

#define FAST(name, function) {name, (PyCFunction)(void (*)(void))(function), METH_FASTCALL | METH_KEYWORDS, NULL}

static PyMethodDef methods[] = {
    FAST("prepare", prepare),
    FAST("prepare_many", prepare_many),
    FAST("winnow", winnow),
    FAST("minhash", minhash),
    FAST("band_keys", band_keys_of),
    FAST("shared_counts", shared_counts),
    FAST("word_differences", word_differences),
    FAST("weigh_words", weigh_words),
    {"distinct_words", distinct_words, METH_O, NULL},
    FAST("align_pairs", align_pairs),
    {"utf16", utf16, METH_O, NULL},
    {"simd", simd, METH_NOARGS, NULL},
    {"compiler", compiler, METH_NOARGS, NULL},
    {"_simd_paths", simd_names, METH_NOARGS, NULL},
    {"_use_simd", use_simd, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static int module_exec(PyObject *module)
{
    State *state = state_of(module);
    state->simd = simd_paths();
    PyObject *numpy = PyImport_ImportModule("numpy");
    if (!numpy)
        return -1;
    state->frombuffer = PyObject_GetAttrString(numpy, "frombuffer");
    state->require = PyObject_GetAttrString(numpy, "require");
    state->float64 = PyObject_CallMethod(numpy, "dtype", "s", "float64");
    state->int64 = PyObject_CallMethod(numpy, "dtype", "s", "int64");
    state->uint32 = PyObject_CallMethod(numpy, "dtype", "s", "uint32");
    state->uint64 = PyObject_CallMethod(numpy, "dtype", "s", "uint64");
    Py_DECREF(numpy);
    int ready = state->frombuffer && state->require && state->float64;
    return ready && state->int64 && state->uint32 && state->uint64 ? 0 : -1;
}

static int module_traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = state_of(module);
    Py_VISIT(state->frombuffer);
    Py_VISIT(state->require);
    Py_VISIT(state->float64);
    Py_VISIT(state->int64);
    Py_VISIT(state->uint32);
    Py_VISIT(state->uint64);
    return 0;
}

static int module_clear(PyObject *module)
{
    State *state = state_of(module);
    Py_CLEAR(state->factors);
    Py_CLEAR(state->frombuffer);
    Py_CLEAR(state->require);
    Py_CLEAR(state->float64);
    Py_CLEAR(state->int64);
    Py_CLEAR(state->uint32);
    Py_CLEAR(state->uint64);
    table_free(state->table);
    state->table = NULL;
    return 0;
}

static void module_free(void *module)
{
    module_clear(module);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, module_exec},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "compiled",
    .m_doc = "The hot loops in C; plain.py says what each does.",
    .m_size = sizeof(State),
    .m_methods = methods,
    .m_slots = slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
    .m_free = module_free,
};

PyMODINIT_FUNC PyInit_compiled(void)
{
    return PyModuleDef_Init(&definition);
}
