"""Index stored stories again under another recipe."""

from dedup.model.recipe import Recipe
from dedup.prefilter.describe_index import known_passages
from dedup.prefilter.index_keys import prepare_query
from dedup.story_index.open_index import maintenance_of
from dedup.story_index.protocol import StoryIndex

KEY_SETTINGS = ("letters", "winnow", "bucket_cap")
"""Settings that determine the keys under which stories are stored."""


def rebuild(index: StoryIndex, recipe: Recipe) -> int:
    """Index every story again under another recipe; returns their number.

    If the recipe yields the same keys (bounds do not affect them), it is only recorded, which takes no time.
    Otherwise the stories get their new keys in steps, between which others can write.
    With other `letters` the shingles are others too: the index forgets its boilerplate.
    """
    maintenance = maintenance_of(index)
    if index.recipe.letters != recipe.letters and known_passages(index):
        with index.writing() as writing:
            writing.set_boilerplate(())
    same = all(getattr(index.recipe, name) == getattr(recipe, name) for name in KEY_SETTINGS)
    if same and not maintenance.is_rebuilding():
        return maintenance.set_recipe(recipe)
    return maintenance.rebuild(recipe, lambda text: prepare_query(text, recipe, storing=False).story.keys)
