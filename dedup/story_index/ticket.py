"""Tickets: what a caller presents to keep or release a story that is on hold.

A ticket is the number of the story and a random number that is stored with it. So it works in any process,
and after a restart; a stale or guessed one, or one of another index or of a restored copy, matches no story.
"""

import re
import secrets
from dataclasses import dataclass
from typing import Self

from dedup.model.errors import TicketError

BITS = 48
"""Size of the random number."""
WHILE_RUNNING = 0
"""How long a story is on hold, for `Writing.put`: as long as this process runs."""
NOBODY = 0
"""Stored as the holder of a story whose hold ends at a set time."""
_FORM = re.compile(f"([1-9][0-9]{{0,17}})-([0-9a-f]{{{BITS // 4}}})")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A parsed ticket.

    Attributes:
        seq: The number of the story.
        secret: The random number that was stored with it.
    """

    seq: int
    secret: int

    @classmethod
    def parse(cls, text: str, place: str) -> Self:
        """Parse the `ticket` of an answer; anything else is a TicketError that names the index `place`."""
        parts = _FORM.fullmatch(text) if isinstance(text, str) else None
        if parts is None:
            raise TicketError(place, text, "not a ticket; expected the `ticket` of an answer")
        return cls(int(parts[1]), int(parts[2], 16))

    def __str__(self) -> str:
        return f"{self.seq}-{self.secret:0{BITS // 4}x}"

    def check(self, place: str, *, secret: int | None) -> None:
        """Compare with the random number of the story; None if there is no such story.

        Raises:
            TicketError: They differ.
        """
        if secret != self.secret:
            raise TicketError(
                place,
                self,
                "no such story; it was released or removed, its process ended before it was kept, or the "
                "ticket is of another index: offer the story again",
            )

    def already_kept(self, place: str) -> TicketError:
        """The error of releasing a story that was kept."""
        return TicketError(place, self, "the story was kept, so it cannot be released")


def new_secret() -> int:
    """Draw the random number of a story."""
    return secrets.randbits(BITS)
