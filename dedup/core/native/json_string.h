/* Strings of JSON. */

#ifndef DEDUP_JSON_STRING_H
#define DEDUP_JSON_STRING_H

#include "native.h"

/* The place after a string whose first quote is at `at`; NULL if it is not one. */
const uint8_t *skip_string(const uint8_t *at, const uint8_t *end);

#endif
