"""The settings stored in a work folder: a run only continues with the same settings."""

import json
from hashlib import sha256

from dedup import __version__
from dedup.comparison.weights import learnt_weights
from dedup.report.known_passages import digest
from dedup.report.request import Request
from dedup.report.work.work_folder import Json


def settings_of(request: Request) -> dict[str, Json]:
    """Return the settings that must match, besides the documents; saved results depend on them."""
    settings: dict[str, Json] = {
        "version": __version__,
        "recipe": request.recipe.as_json(),
        "cross_source": request.cross_source,
    }
    if request.recipe.weights is None:
        settings["weights"] = _digest_of_learnt_weights()
    if request.decisions.keep:
        settings["keep"] = [*sorted(request.decisions.keep)]
    if request.boilerplate:
        settings["boilerplate"] = digest(request.boilerplate)
    return settings


def _digest_of_learnt_weights() -> str:
    """Return a digest of the built-in weights, which change between releases and are not in the recipe."""
    return sha256(json.dumps(learnt_weights().as_json()).encode()).hexdigest()
