/* Python arguments into C. */

#include "bindings.h"

#include <string.h>

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

int rows_within(const Py_buffer *rows, size_t count)
{
    const int64_t *values = rows->buf;
    for (size_t i = 0; i < item_count(rows); i++)
        if ((uint64_t)values[i] >= count)
            return 0;
    return 1;
}

int take_pairs(State *state, PyObject *const *values, size_t texts, Py_buffer *left, Py_buffer *right)
{
    if (take_array(state, values[0], "left", INT64, left) ||
        take_array(state, values[1], "right", INT64, right))
        return -1;
    if (item_count(left) == item_count(right) && rows_within(left, texts) && rows_within(right, texts))
        return 0;
    PyErr_Format(PyExc_IndexError, "left and right name one of %zu texts each, counted from 0", texts);
    return -1;
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
