/* Python arguments into C and C results into arrays: what the files that know Python share. */

#ifndef DEDUP_GLUE_H
#define DEDUP_GLUE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "../native/fold.h"
#include "../native/sketch.h"

/* module.c */

typedef struct {
    FoldTable *table;  /* loaded at the first text */
    PyObject *factors; /* bytes: one factor a letter, then one for the length */
    size_t width;      /* letters the factors are for */
    const SimdPath *simd;
    PyObject *frombuffer, *require, *float64, *int64, *uint32, *uint64;
} State;

State *state_of(PyObject *module);

/* What Python calls: plain.py and the twins beside it say what each does. */
typedef PyObject *Function(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords);

Function prepare, prepare_many;                              /* prepare.c */
Function minhash, band_keys_of;                              /* signatures.c */
Function winnow, shared_counts;                              /* sets.c */
Function word_differences;                                   /* words.c */
Function weigh_words;                                        /* terms.c */
Function align_pairs;                                        /* align.c */
PyObject *distinct_words(PyObject *module, PyObject *texts); /* terms.c */
PyObject *utf16(PyObject *module, PyObject *texts);          /* utf16.c */

/* arguments.c */

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

/* The texts of each pair, from two arrays of equal length: each is one of `texts`. */
int take_pairs(State *state, PyObject *const *values, size_t texts, Py_buffer *left, Py_buffer *right);

PyObject *tuple_of_strings(PyObject *value, const char *name);

/* results.c */

/* Room for so many values of `size` bytes. */
PyObject *bytes_for(size_t count, size_t size);

/* An array over bytes; the second takes them over, the third copies values. NULL gives NULL. */
PyObject *array_over(State *state, PyObject *bytes, PyObject *type);
PyObject *array_on(State *state, PyObject *bytes, PyObject *type);
PyObject *array_of(State *state, const void *values, size_t count, size_t size, PyObject *type);

/* Take `array` over and give it with rows of `length`. */
PyObject *in_rows(PyObject *array, size_t rows, size_t length);

/* Take all parts over and give them as a tuple; NULL if one of them is. */
PyObject *tuple_of(PyObject **parts, Py_ssize_t count);

/* The text of UTF-16 units. */
PyObject *string_of(const uint16_t *units, size_t count);

/* value_list.c */

/* Values of all texts, one after the other, and where those of each begin. */
typedef struct {
    uint64_t *values;
    size_t count, room;
    PyObject *bounds;
} Pile;

int pile_begin(Pile *pile, size_t texts);
int pile_add(Pile *pile, const uint64_t *values, size_t count, size_t text);
void pile_clear(Pile *pile);

/* table.c */

int load_table(State *state);
void table_free(FoldTable *table);

/* Fold a `str`; without the GIL, since nobody can change it. */
int fold_str(Desk *desk, const FoldTable *table, PyObject *text);

/* What a function of plain.py gives, with this number if it is not 0. */
PyObject *ask_plain(const char *name, size_t number);

/* A new reference to the bytes of the factors for windows of `width`. */
PyObject *factors_for(State *state, size_t width);
const uint64_t *factors_in(PyObject *factors);

/* signatures.c */

typedef struct {
    size_t count;
    Py_buffer a, b;
    MinHash *minhash;
} Permutations;

int take_permutations(State *state, PyObject *const *values, Permutations *permutations);
void permutations_clear(Permutations *permutations);

#endif
