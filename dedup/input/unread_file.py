"""The reason why a file was not read, as data that can be shown in any language."""

from dedup.model import Reason, ReasonKind
from dedup.model.errors import ReadingError


class UnreadFileError(ReadingError):
    """A file cannot be read, for a reason with a translated sentence.

    Attributes:
        reason: The reason.
    """

    def __init__(self, kind: ReasonKind, *values: str) -> None:
        self.reason = Reason(kind, values)
        super().__init__(str(self.reason).removesuffix("; skipped"))


def reason_of(error: ReadingError) -> Reason:
    """Return the reason of an error; one without a translated sentence is quoted in English."""
    return (
        error.reason if isinstance(error, UnreadFileError) else Reason(ReasonKind.UNREAD_FILE, (str(error),))
    )
