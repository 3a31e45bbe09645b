"""The store of sketches: what was added comes back one band or one range of fingerprints at a time."""

import numpy as np
import pytest
from numpy.typing import NDArray

from dedup.report.pair import Sketches, SketchStore, sketch_store


def hashes(count: int) -> NDArray[np.uint64]:
    """Make as many values, spread over all 64 bits."""
    return np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)


def sketches(*fingerprints: NDArray[np.uint64], first_key: int = 0) -> Sketches:
    """Sketch documents in two bands; the keys of the first count on from `first_key`."""
    count = len(fingerprints)
    keys = np.arange(first_key, first_key + count, dtype=np.uint64)
    sizes = np.array([each.size for each in fingerprints], dtype=np.int32)
    return Sketches(np.stack([keys, keys + np.uint64(100)]), keys, np.concatenate(fingerprints), sizes)


@pytest.mark.parametrize(("at_once", "most"), [(3000, 750), (300, 300), (100, 100)])
def test_fingerprints_come_in_ranges(at_once: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 3,000 at most as many at once as asked for, and a quarter; each range has its prefixes alone."""
    monkeypatch.setattr(sketch_store, "FINGERPRINTS_AT_ONCE", at_once)
    store = SketchStore()
    store.add(sketches(hashes(1500), hashes(500)))
    store.add(sketches(hashes(1000)))

    view = store.view(np.arange(3))

    assert all(0.9 * most < view.fingerprints(prefixes)[0].size <= most for prefixes in view.ranges[:-1])
    assert [prefix for prefixes in view.ranges for prefix in prefixes] == list(range(4096))
    read = [view.fingerprints(prefixes) for prefixes in view.ranges]
    for (keys, _), prefixes in zip(read, view.ranges, strict=True):
        assert set((keys >> np.uint64(52)).tolist()) <= set(prefixes)
    keys = np.concatenate([keys for keys, _ in read])
    texts = np.concatenate([texts for _, texts in read])
    for text, count in enumerate((1500, 500, 1000)):
        assert np.array_equal(np.sort(keys[texts == text]), np.sort(hashes(count)))


def test_ranges_are_cut_by_what_is_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small fingerprints are frequent: 400 with the prefix 0 are one range, 100 others the next."""
    monkeypatch.setattr(sketch_store, "FINGERPRINTS_AT_ONCE", 400)
    small = np.arange(400, dtype=np.uint64)
    large = np.arange(1, 101, dtype=np.uint64) << np.uint64(56)
    store = SketchStore()
    store.add(sketches(np.concatenate([small, large])))

    view = store.view(np.arange(1))

    assert [view.fingerprints(prefixes)[0].size for prefixes in view.ranges] == [400, 100]


def test_no_range_has_more_than_the_most_frequent_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    """One fingerprint is in 400 of 401 texts; the other 4,000 come in ranges of about as many."""
    monkeypatch.setattr(sketch_store, "FINGERPRINTS_AT_ONCE", 100)
    everywhere = np.array([2**60 + 7], dtype=np.uint64)
    store = SketchStore()
    store.add(sketches(*[everywhere] * 400, hashes(4000)))

    view = store.view(np.arange(401))

    sizes = [view.fingerprints(prefixes)[0].size for prefixes in view.ranges]
    assert sum(sizes) == 4400
    assert max(sizes) <= 3 * np.median(sizes)
    assert max(sizes) == view.fingerprints(range(256, 257))[0].size


def test_bands_come_a_few_at_once() -> None:
    """Ten bands: four, four and the last two."""
    keys = np.zeros((10, 3), dtype=np.uint64)
    store = SketchStore()
    store.add(Sketches(keys, keys[0], hashes(3), np.ones(3, dtype=np.int32)))

    assert store.view(np.arange(3)).bands == [range(4), range(4, 8), range(8, 10)]


@pytest.mark.parametrize("run", [1, 2, 1000])
def test_texts_are_numbered_by_their_place_in_the_rows(run: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four documents the last and the first are paired, in this order; whole 64-bit keys come back."""
    monkeypatch.setattr(sketch_store, "RUN", run)
    values = [np.array(each, dtype=np.uint64) for each in ([2, 3], [4], [], [2, 2**56 + 1])]
    store = SketchStore()
    store.add(sketches(*values[:3]))
    store.add(sketches(values[3], first_key=3))

    view = store.view(np.array([3, 0]))

    assert [[part.tolist() for part in view.band(band)] for bands in view.bands for band in bands] == [
        [[3, 0], [0, 1]],
        [[103, 100], [0, 1]],
    ]
    keys, texts = (np.concatenate(part) for part in zip(*map(view.fingerprints, view.ranges), strict=True))
    assert sorted(zip(keys.tolist(), texts.tolist(), strict=True)) == [(2, 0), (2, 1), (3, 1), (2**56 + 1, 0)]
    assert (view.sizes.tolist(), view.order.tolist()) == ([2, 2], [3, 0])


def test_an_empty_store_has_nothing_to_pair() -> None:
    """No bands, no ranges."""
    view = SketchStore().view(np.arange(0))

    assert (list(view.bands), list(view.ranges), view.sizes.size) == ([], [], 0)
