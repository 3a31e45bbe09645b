"""A record on one short line, for the interpreter, logs and debuggers."""

from dedup.model.errors import quoted


def short_repr(name: str, values: dict[str, object]) -> str:
    """Format a record with some of its values.

    Args:
        name: Class of the record.
        values: Values to show, by name. Empty strings and tuples are left out, floats get two decimal places,
            and the items of a tuple are shown as strings.
    """
    shown = (f"{key}={_shown(value)}" for key, value in values.items() if value not in {"", ()})
    return f"{name}({', '.join(shown)})"


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, tuple):
        return f"[{', '.join(quoted(str(item)) for item in value)}]"
    return quoted(str(value)) if isinstance(value, str) else repr(value)
