/* distinct_words and weigh_words: the words of texts, what they weigh and which tell a cluster's apart. */

#include "bindings.h"
#include "../native/terms.h"

#include <stdlib.h>
#include <string.h>

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

PyObject *distinct_words(PyObject *module, PyObject *value)
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
    if (item_count(&known[1]) != item_count(&known[0]) || item_count(&known[2]) != item_count(&known[0]) ||
        !item_count(&known[3]) || unknown > UINT32_MAX) {
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

static const char *const WEIGH_WORDS[] = {"texts", "left", "right", "documents", "bounds",
                                          "lexicon", "most", NULL};

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
    if (item_count(views[0]) != item_count(views[1]) || !rows_within(views[0], size) ||
        !rows_within(views[1], size) || !rows_within(views[2], size)) {
        PyErr_Format(PyExc_IndexError, "left, right and documents name one of %zu texts each, counted from 0",
                     size);
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
        if (cluster_terms(&weighing->terms, weighing->weighed, documents + bounds[i], size, weighing->most,
                          ends))
            return -1;
        ends += size + 1;
    }
    return 0;
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

PyObject *weigh_words(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
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
