/* Python arguments into C and C results into arrays: what the files that know Python share. */

#ifndef DEDUP_GLUE_H
#define DEDUP_GLUE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "compiled.h"

/* compiled.c */

typedef struct {
    FoldTable *table;  /* loaded at the first text */
    PyObject *factors; /* bytes: one factor a letter, then one for the length */
    size_t width;      /* letters the factors are for */
    const SimdPath *simd;
    PyObject *frombuffer, *require, *float64, *int64, *uint32, *uint64;
} State;

State *state_of(PyObject *module);
int load_table(State *state);

enum { MOST_ARGUMENTS = 7 };

/* Sort arguments into `values` by name; `positional` of them may come without. All must come. */
int take_arguments(PyObject **values, const char *const *names, Py_ssize_t positional, PyObject *const *args,
                   Py_ssize_t count, PyObject *keywords);

int take_size(PyObject *value, const char *name, size_t *size);

typedef struct {
    const char *name, *formats;
    Py_ssize_t size;
} Type;

extern const Type UINT8, UINT16, UINT32, UINT64, INT64;

/* The memory of an array of this type, itself or a copy that is in one piece and aligned. */
int take_array(State *state, PyObject *value, const char *name, Type type, Py_buffer *view);

size_t item_count(const Py_buffer *view);

/* Whether each of the rows is below `count`. */
int rows_within(const Py_buffer *rows, size_t count);

PyObject *tuple_of_strings(PyObject *value, const char *name);

PyObject *bytes_for(size_t count, size_t size);
PyObject *array_over(State *state, PyObject *bytes, PyObject *type);

/* Take `array` over and give it with rows of `length`. */
PyObject *in_rows(PyObject *array, size_t rows, size_t length);

/* Fold a `str`; without the GIL, since nobody can change it. */
int fold_str(Desk *desk, const FoldTable *table, PyObject *text);

/* align_pairs.c */

PyObject *align_pairs(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords);

#endif
