/* What C found, as Python takes it. */

#include "bindings.h"

PyObject *array_over(State *state, PyObject *bytes, PyObject *type)
{
    PyObject *args[] = {bytes, type};
    return bytes ? PyObject_Vectorcall(state->frombuffer, args, 2, NULL) : NULL;
}

PyObject *array_on(State *state, PyObject *bytes, PyObject *type)
{
    PyObject *array = array_over(state, bytes, type);
    Py_XDECREF(bytes);
    return array;
}

PyObject *array_of(State *state, const void *values, size_t count, size_t size, PyObject *type)
{
    return array_on(state, PyBytes_FromStringAndSize(values, (Py_ssize_t)(count * size)), type);
}

PyObject *bytes_for(size_t count, size_t size)
{
    if (count > (size_t)PY_SSIZE_T_MAX / size)
        return PyErr_NoMemory();
    return PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(count * size));
}

PyObject *in_rows(PyObject *array, size_t rows, size_t length)
{
    PyObject *table = array ? PyObject_CallMethod(array, "reshape", "nn", (Py_ssize_t)rows, (Py_ssize_t)length)
                            : NULL;
    Py_XDECREF(array);
    return table;
}

PyObject *tuple_of(PyObject **parts, Py_ssize_t count)
{
    PyObject *all = PyTuple_New(count);
    for (Py_ssize_t i = 0; i < count; i++) {
        if (!parts[i])
            Py_CLEAR(all);
        if (all)
            PyTuple_SET_ITEM(all, i, parts[i]);
        else
            Py_XDECREF(parts[i]);
    }
    return all;
}

PyObject *string_of(const uint16_t *units, size_t count)
{
    const union {
        uint16_t unit;
        uint8_t first;
    } probe = {1};
    int order = probe.first ? -1 : 1;
    return PyUnicode_DecodeUTF16((const char *)units, (Py_ssize_t)(2 * count), "surrogatepass", &order);
}
