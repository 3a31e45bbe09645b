"""The settings stored in a work folder: a run only continues with the same settings."""

import json
from collections.abc import Sequence
from hashlib import sha256

from dedup import __version__
from dedup.comparison.weights import learnt_weights
from dedup.model.decisions import NO_DECISIONS, Decisions
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.report.known_passages import digest
from dedup.report.work.work_folder import Json


def settings_of(
    recipe: Recipe,
    *,
    cross_source: bool,
    decisions: Decisions = NO_DECISIONS,
    boilerplate: Sequence[KnownPassage] = (),
) -> dict[str, Json]:
    """Return the settings that must match, besides the documents; saved results depend on them."""
    settings: dict[str, Json] = {
        "version": __version__,
        "recipe": recipe.as_json(),
        "cross_source": cross_source,
    }
    if recipe.weights is None:
        settings["weights"] = _digest_of_learnt_weights()
    if decisions.keep:
        settings["keep"] = [*sorted(decisions.keep)]
    if boilerplate:
        settings["boilerplate"] = digest(boilerplate)
    return settings


def _digest_of_learnt_weights() -> str:
    """Return a digest of the built-in weights, which change between releases and are not in the recipe."""
    return sha256(json.dumps(learnt_weights().as_json()).encode()).hexdigest()
