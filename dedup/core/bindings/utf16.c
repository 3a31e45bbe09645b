/* utf16: texts to their units, one after the other, and where each ends. */

#include "bindings.h"

#include <string.h>

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

PyObject *utf16(PyObject *module, PyObject *texts)
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
