/* MinHash: min over hashes of a * hash + b modulo 2**32, as many permutations at once as fit into the registers. */

#include "sketch.h"

#if (defined(__GNUC__) || defined(__clang__)) && (defined(__x86_64__) || defined(__i386__))
#define HAS_X86 1
#include <immintrin.h>
#elif (defined(__GNUC__) || defined(__clang__)) && defined(__aarch64__) && defined(__ARM_NEON)
#define HAS_NEON 1
#include <arm_neon.h>
#endif

static inline uint32_t mix32(uint32_t value)
{
    value = (value ^ value >> 16) * 0x85EBCA6Bu;
    value = (value ^ value >> 13) * 0xC2B2AE35u;
    return value ^ value >> 16;
}

static void mix32_all(const uint32_t *hashes, size_t count, uint32_t *mixed)
{
    for (size_t i = 0; i < count; i++)
        mixed[i] = mix32(hashes[i]);
}

void mix32_upper(const uint64_t *hashes, size_t count, uint32_t *mixed)
{
    for (size_t i = 0; i < count; i++)
        mixed[i] = mix32((uint32_t)(hashes[i] >> 32));
}

static void minhash_scalar(const uint32_t *mixed, size_t count, const uint32_t *a, const uint32_t *b,
                           uint32_t *minima, size_t permutations)
{
    for (size_t i = 0; i < permutations; i++) {
        uint32_t least = UINT32_MAX, factor = a[i], summand = b[i];
        for (size_t j = 0; j < count; j++) {
            uint32_t value = factor * mixed[j] + summand;
            least = value < least ? value : least;
        }
        minima[i] = least;
    }
}

/* One path: four vectors of permutations stay in registers while all hashes pass, then one, then what
   is left without vectors. */
#define MINHASH(name, target, vector, lanes, load, store, all, multiply, add, smaller)                     \
    target static void name(const uint32_t *mixed, size_t count, const uint32_t *a, const uint32_t *b,     \
                            uint32_t *minima, size_t permutations)                                         \
    {                                                                                                      \
        size_t i = 0;                                                                                      \
        for (; i + 4 * (lanes) <= permutations; i += 4 * (lanes)) {                                        \
            vector a0 = load(a + i), a1 = load(a + i + (lanes));                                           \
            vector a2 = load(a + i + 2 * (lanes)), a3 = load(a + i + 3 * (lanes));                         \
            vector b0 = load(b + i), b1 = load(b + i + (lanes));                                           \
            vector b2 = load(b + i + 2 * (lanes)), b3 = load(b + i + 3 * (lanes));                         \
            vector m0 = all(UINT32_MAX), m1 = m0, m2 = m0, m3 = m0;                                        \
            for (size_t j = 0; j < count; j++) {                                                           \
                vector hash = all(mixed[j]);                                                               \
                m0 = smaller(m0, add(multiply(a0, hash), b0));                                             \
                m1 = smaller(m1, add(multiply(a1, hash), b1));                                             \
                m2 = smaller(m2, add(multiply(a2, hash), b2));                                             \
                m3 = smaller(m3, add(multiply(a3, hash), b3));                                             \
            }                                                                                              \
            store(minima + i, m0), store(minima + i + (lanes), m1);                                        \
            store(minima + i + 2 * (lanes), m2), store(minima + i + 3 * (lanes), m3);                      \
        }                                                                                                  \
        for (; i + (lanes) <= permutations; i += (lanes)) {                                                \
            vector a0 = load(a + i), b0 = load(b + i), m0 = all(UINT32_MAX);                               \
            for (size_t j = 0; j < count; j++)                                                             \
                m0 = smaller(m0, add(multiply(a0, all(mixed[j])), b0));                                    \
            store(minima + i, m0);                                                                         \
        }                                                                                                  \
        minhash_scalar(mixed, count, a + i, b + i, minima + i, permutations - i);                          \
    }

#ifdef HAS_X86
#define LOAD_512(from) _mm512_loadu_si512((const void *)(from))
#define STORE_512(to, value) _mm512_storeu_si512((void *)(to), value)
#define ALL_512(value) _mm512_set1_epi32((int)(value))
MINHASH(minhash_avx512, __attribute__((target("avx512f"))), __m512i, 16, LOAD_512, STORE_512, ALL_512,
        _mm512_mullo_epi32, _mm512_add_epi32, _mm512_min_epu32)

#define LOAD_256(from) _mm256_loadu_si256((const __m256i *)(from))
#define STORE_256(to, value) _mm256_storeu_si256((__m256i *)(to), value)
#define ALL_256(value) _mm256_set1_epi32((int)(value))
MINHASH(minhash_avx2, __attribute__((target("avx2"))), __m256i, 8, LOAD_256, STORE_256, ALL_256,
        _mm256_mullo_epi32, _mm256_add_epi32, _mm256_min_epu32)

#define LOAD_128(from) _mm_loadu_si128((const __m128i *)(from))
#define STORE_128(to, value) _mm_storeu_si128((__m128i *)(to), value)
#define ALL_128(value) _mm_set1_epi32((int)(value))
MINHASH(minhash_sse41, __attribute__((target("sse4.1"))), __m128i, 4, LOAD_128, STORE_128, ALL_128,
        _mm_mullo_epi32, _mm_add_epi32, _mm_min_epu32)
#endif

#ifdef HAS_NEON
MINHASH(minhash_neon, , uint32x4_t, 4, vld1q_u32, vst1q_u32, vdupq_n_u32, vmulq_u32, vaddq_u32, vminq_u32)
#endif

const SimdPath *simd_paths(void)
{
    static SimdPath paths[5];
    size_t count = 0;
#ifdef HAS_X86
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f"))
        paths[count++] = (SimdPath){"avx512", minhash_avx512};
    if (__builtin_cpu_supports("avx2"))
        paths[count++] = (SimdPath){"avx2", minhash_avx2};
    if (__builtin_cpu_supports("sse4.1"))
        paths[count++] = (SimdPath){"sse4.1", minhash_sse41};
#endif
#ifdef HAS_NEON
    paths[count++] = (SimdPath){"neon", minhash_neon};
#endif
    paths[count++] = (SimdPath){"scalar", minhash_scalar};
    paths[count] = (SimdPath){NULL, NULL};
    return paths;
}

static SimdPath in_use = {"scalar", minhash_scalar};

MinHash *minhash_in_use(void)
{
    return in_use.minhash;
}

const char *simd_name(void)
{
    return in_use.name;
}

const char *simd_path_name(size_t path)
{
    return simd_paths()[path].name;
}

void simd_use(size_t path)
{
    in_use = simd_paths()[path];
}

const char *compiler_name(void)
{
#define TEXT_OF(value) #value
#define VERSION(major, minor) TEXT_OF(major) "." TEXT_OF(minor)
#if defined(__clang__)
    return "clang " VERSION(__clang_major__, __clang_minor__);
#elif defined(__GNUC__)
    return "gcc " VERSION(__GNUC__, __GNUC_MINOR__);
#elif defined(_MSC_VER)
    return "msvc " VERSION(_MSC_VER, 0);
#else
    return "unknown";
#endif
}

void minhash(const uint32_t *hashes, size_t count, const uint32_t *a, const uint32_t *b, size_t permutations,
             uint32_t *mixed, uint32_t *signature)
{
    mix32_all(hashes, count, mixed);
    minhash_in_use()(mixed, count, a, b, signature, permutations);
}
