/* Words that mix scripts. */

#ifndef DEDUP_MIXED_WORDS_H
#define DEDUP_MIXED_WORDS_H

#include "native.h"

enum { LOOK_ALIKE_SCRIPTS = 3, LOOK_ALIKE_LAST = 0x52F };

static inline uint32_t is_latin_base(uint16_t unit)
{
    return (uint16_t)(unit - 'a') < 26;
}

enum { GREEK_FIRST = 0x03B1 };

/* Whether it may be a letter of Greek or Cyrillic. */
static inline uint32_t is_foreign(uint16_t unit)
{
    return (uint16_t)(unit - GREEK_FIRST) <= LOOK_ALIKE_LAST - GREEK_FIRST;
}

/* Write each word of a folded text in one script. `look_alikes` has a row of LOOK_ALIKE_LAST + 1 units for each
   script: the letter of it that a unit is or is taken for, 0 for none. Returns whether any may have changed. */
int write_in_one_script(uint16_t *units, size_t count, const uint16_t *look_alikes);

#endif
