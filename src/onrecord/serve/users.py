"""Who may use the site when others can reach it: people of a users file, and whoever knows the site's token.

A users file has a line for each person: name, role, and the argon2 digest of the password, apart by spaces.
``onrecord user NAME`` makes such a line. Lines that begin with # say nothing.
"""

from __future__ import annotations

import hmac
import threading
from dataclasses import dataclass, field
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from onrecord.errors import RefusedInput

ROLES = ("reader", "editor")
"""A reader reads, searches and checks; an editor also adds, corrects and keeps."""
SHORTEST_TOKEN = 16
LONGEST_PASSWORD = 1000

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")
"""What a password is tried on where the name is not known, so that the answer takes as long."""
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each try takes 64 MiB of memory on purpose; so many run at a time."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the site."""

    name: str
    role: str

    @property
    def edits(self) -> bool:
        """Whether this person may change the record."""
        return self.role == "editor"


HERE = Person("", "editor")
"""Whoever sits at this machine, where the site listens on the loopback and has no users."""


@dataclass(frozen=True, slots=True)
class Users:
    """The people of a users file by name, with their passwords' digests; and the token, which makes an editor."""

    people: dict[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    token: str = field(default="", repr=False)

    def by_password(self, name: str, password: str) -> Person | None:
        """The person of that name and password, or None. Takes about as long for a name that is not there."""
        role, digest = self.people.get(name, ("", _NOBODY))
        with _AT_ONCE:
            try:
                _HASHER.verify(digest, password[:LONGEST_PASSWORD])
            except Argon2Error:
                return None
        return Person(name, role) if role else None

    def by_token(self, text: str) -> Person | None:
        """An editor, for the site's token; else None."""
        fits = bool(self.token) and hmac.compare_digest(text.encode(), self.token.encode())
        return Person("token", "editor") if fits else None


def line_for(name: str, role: str, password: str) -> str:
    """The line of a users file. Raises RefusedInput for a name or a password that cannot be used."""
    if not name or any(c.isspace() for c in name) or name.startswith("#") or len(name) > 80:
        raise RefusedInput(f"a name without spaces was expected, got {name[:80]!r}", stage="serve")
    if not 8 <= len(password) <= LONGEST_PASSWORD:
        raise RefusedInput("a password has 8 characters at least, 1,000 at most", stage="serve")
    return f"{name} {role} {_HASHER.hash(password)}"


def load_users(path: str | Path | None, token: str = "") -> Users | None:
    """The users of a file and the token; None where there is neither.

    Raises RefusedInput, naming the line, where the file is not such a file, and for a token too short to be one.
    """
    if token and len(token) < SHORTEST_TOKEN:
        raise RefusedInput(f"a token has {SHORTEST_TOKEN} characters at least, got {len(token)}", stage="serve")
    if path is None:
        return Users({}, token) if token else None
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedInput(f"the users file {path} cannot be read: {error}", origin=str(path)) from None
    people: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            name, role, digest = _parts(line, f"{path}, line {number}")
            people[name] = (role, digest)
    if not people:
        raise RefusedInput(f"{path} names nobody: 'onrecord user NAME' makes a line for it", origin=str(path))
    return Users(people, token)


def _parts(line: str, where: str) -> tuple[str, str, str]:
    parts = line.split()
    if len(parts) != 3 or parts[1] not in ROLES:
        raise RefusedInput(f"{where}: a name, {' or '.join(ROLES)}, and a digest were expected; see 'onrecord user'")
    try:
        _HASHER.check_needs_rehash(parts[2])
    except InvalidHashError:
        raise RefusedInput(f"{where}: the third part is no argon2 digest; 'onrecord user NAME' makes one") from None
    return parts[0], parts[1], parts[2]
