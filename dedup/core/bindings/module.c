/* The module as Python sees it: arguments in, arrays out, the GIL released around each loop.

   The names, bits and edge cases are those of plain.py, which says what each function does. */

#include "bindings.h"

State *state_of(PyObject *module)
{
    return PyModule_GetState(module);
}

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

#define FAST(name, function) \
    {name, (PyCFunction)(void (*)(void))(function), METH_FASTCALL | METH_KEYWORDS, NULL}

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
