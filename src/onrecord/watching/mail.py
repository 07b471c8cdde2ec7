"""Mail by SMTP, with one question answered exactly: did the server take it?"""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from onrecord.errors import NotAnswered, OnrecordError, RefusedInput

if TYPE_CHECKING:
    from datetime import datetime

_TIMEOUT = 30.0


class Mailer:
    """A mail server, as ``smtp://user:password@host:port`` (or ``smtps://``), and who we are to it."""

    def __init__(self, server: str | None, sender: str | None) -> None:
        """Raises OnrecordError where mail is not set up."""
        parts = urlsplit(server or "")
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise OnrecordError("a mail server was expected in ONRECORD_SMTP, such as smtp://user:password@host:587")
        if not is_address(sender or ""):
            raise OnrecordError("an address was expected in ONRECORD_MAIL_FROM: who the mail is from")
        self._parts, self._sender = parts, sender or ""

    def send(self, to: str, subject: str, text: str, *, key: str, at: datetime) -> None:
        """Sends one message, whose id is made from ``key``.

        Raises RefusedInput where it surely did not arrive, NotAnswered where it may have.
        """
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, to, " ".join(subject.split())
        message["Date"], message["Auto-Submitted"] = format_datetime(at), "auto-generated"
        message["Message-ID"] = f"<{key}@{self._sender.rpartition('@')[2]}>"
        message.set_content(text)
        try:
            with self._session() as session:
                self._deliver(session, to, message.as_bytes(policy=message.policy.clone(linesep="\r\n")))
        except (smtplib.SMTPException, OSError) as error:
            raise RefusedInput(f"the mail was not taken: {_words(error)}", origin=to) from None

    def _session(self) -> smtplib.SMTP:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "smtps":
            context = ssl.create_default_context()
            session: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=_TIMEOUT, context=context)
        else:
            session = smtplib.SMTP(host, port or 587, timeout=_TIMEOUT)
        try:
            session.ehlo_or_helo_if_needed()
            if self._parts.scheme == "smtp" and session.has_extn("starttls"):
                session.starttls(context=ssl.create_default_context())
                session.ehlo()
            elif self._parts.scheme == "smtp" and self._parts.password:
                raise RefusedInput(f"{host} offers no encryption: the password is not sent in the clear", origin=host)
            if self._parts.username:
                session.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        except BaseException:
            session.close()
            raise
        return session

    def _deliver(self, session: smtplib.SMTP, to: str, data: bytes) -> None:
        """Up to the last dot a failure is sure; from there on only the server's answer tells."""
        for code, answer in (session.mail(parseaddr(self._sender)[1]), session.rcpt(parseaddr(to)[1])):
            if not 200 <= code < 300:
                raise RefusedInput(f"the mail was not taken: {code} {_words(answer)}", origin=to)
        try:
            code, answer = session.data(data)
        except smtplib.SMTPDataError as error:
            raise RefusedInput(f"the mail was not taken: {_words(error)}", origin=to) from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotAnswered(f"the mail may have arrived, no answer came: {_words(error)}", origin=to) from None
        if not 200 <= code < 300:
            raise RefusedInput(f"the mail was not taken: {code} {_words(answer)}", origin=to)


def is_address(text: str) -> bool:
    """Whether this is one mail address and nothing more.

    >>> is_address("ana@marl.example"), is_address("a@b.example, c@d.example"), is_address("a@b\\nBcc: c@d.example")
    (True, False, False)
    """
    name, _, domain = text.rpartition("@")
    return bool(name and domain) and not any(c.isspace() or c in ',;<>"' for c in text) and text.isascii()


def _words(error: object) -> str:
    if isinstance(error, bytes):
        error = error.decode("utf-8", "replace")
    if isinstance(error, smtplib.SMTPResponseException):
        error = f"{error.smtp_code} {_words(error.smtp_error)}"
    return " ".join(str(error).split())[:200] or type(error).__name__
