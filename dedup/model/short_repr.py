"""A record on one short line, for prompts, logs and debuggers."""

from dedup.model.errors import quoted


def short_repr(name: str, values: dict[str, object]) -> str:
    """Show a record by some of its values.

    Args:
        name: Class of the record.
        values: What to show, by name. Empty strings and tuples are left out, numbers get two digits, and what
            a tuple holds is shown as text.
    """
    shown = (f"{key}={_shown(value)}" for key, value in values.items() if value not in {"", ()})
    return f"{name}({', '.join(shown)})"


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, tuple):
        return f"[{', '.join(quoted(str(item)) for item in value)}]"
    return quoted(str(value)) if isinstance(value, str) else repr(value)
