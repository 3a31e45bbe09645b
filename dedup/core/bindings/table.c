/* What is loaded from plain.py: the fold table, and the factors of a window hash. */

#include "bindings.h"

#include <string.h>

PyObject *ask_plain(const char *name, size_t number)
{
    PyObject *plain = PyImport_ImportModule("dedup.core.numpy_kernel");
    if (!plain)
        return NULL;
    PyObject *answer = number ? PyObject_CallMethod(plain, name, "n", (Py_ssize_t)number)
                              : PyObject_CallMethod(plain, name, NULL);
    Py_DECREF(plain);
    return answer;
}

void table_free(FoldTable *table)
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
    if (ready && item_count(&views[0]) == 0x10000 && item_count(&views[4]) == 0x10000 &&
        item_count(&views[2])) {
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

PyObject *factors_for(State *state, size_t width)
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

const uint64_t *factors_in(PyObject *factors)
{
    return (const uint64_t *)PyBytes_AS_STRING(factors);
}

int fold_str(Desk *desk, const FoldTable *table, PyObject *text)
{
    return fold_text(desk, table, (int)PyUnicode_KIND(text), PyUnicode_DATA(text),
                     (size_t)PyUnicode_GET_LENGTH(text));
}
