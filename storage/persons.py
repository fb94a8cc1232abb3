"""Which person a sender or an author is, and whether they are an administrator; within one transaction."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from bot.errors import NotOne
from bot.history import Author
from bot.messages import Sender
from bot.model import CHATS, FORMER, Person, Platform
from storage.column_types import storable
from storage.sessions import OrganisationSession
from storage.tables import AccountRow, PersonRow

# The account and the name of whoever has the machine; the word is the same in nb, nn and en.
ADMINISTRATOR = "administrator"
_LONGEST_LOOKUP = 200


def folded(name: str) -> str:
    """The name as it is looked up: in any case, with plain spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())[:_LONGEST_LOOKUP]


def speaker(sender: Sender) -> str:
    """Whoever spoke, as conversations keep it: by account, on the command line by name."""
    known = sender.account if sender.account is not None else folded(sender.name or ADMINISTRATOR)
    return f"{sender.platform}:{storable(known)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrators:
    """Who is one without having been made one: accounts and names; on the web, only where `on_web` says so.

    A name counts only for who has no account on a chat platform: there, people choose their names themselves.
    """

    listed: frozenset[str] = frozenset()
    on_web: bool = False

    def has_account(self, account: str | None) -> bool:
        return account in self.listed

    def has_name(self, name: str) -> bool:
        return folded(name) in {folded(listed) for listed in self.listed}

    def is_local(self, sender: Sender) -> bool:
        is_on_web = sender.platform is Platform.WEB and sender.account == ADMINISTRATOR and self.on_web
        return sender.is_local_administrator or is_on_web


@dataclass(frozen=True, slots=True)
class Persons:
    """The persons of one organisation."""

    session: OrganisationSession
    administrators: Administrators

    def row_of(self, sender: Sender) -> PersonRow | None:
        """Return the recorded person. Raises NotOne where two share the name that a command line gives."""
        if self.administrators.is_local(sender):
            return self._by_account(Platform.COMMAND_LINE, ADMINISTRATOR)
        if sender.platform in CHATS:
            return self._by_account(sender.platform, sender.account)
        if sender.platform is Platform.WEB:
            return self.by_id(sender.account or "")
        return self._by_name(_name_of(sender))

    def made_for(self, sender: Sender) -> PersonRow:
        """Return the person, recorded with their account where they are new."""
        row = self.row_of(sender)
        if row is not None:
            return row
        if self.administrators.is_local(sender):
            return self._make(ADMINISTRATOR, AccountRow(platform=Platform.COMMAND_LINE, account=ADMINISTRATOR))
        if sender.platform in CHATS and sender.account is not None:
            return self._make(_name_of(sender), AccountRow(platform=sender.platform, account=sender.account))
        return self._make(_name_of(sender), None)

    def rename(self, row: PersonRow, name: str) -> None:
        row.name, row.folded = _plain(name), folded(name)

    def id_of(self, person: Person) -> int:
        """Return the person's id; whoever has none yet goes by their name, and is recorded. Raises NotOne."""
        if person.id is not None:
            return person.id
        is_local = person.is_administrator and person.name == ADMINISTRATOR
        return self.made_for(Sender(platform=Platform.COMMAND_LINE, name=None if is_local else person.name)).id

    def id_of_author(self, author: Author) -> int:
        """Return the author's id, recorded where the platform knows people by their names."""
        if author.person.id is None and author.platform in CHATS:
            raise ValueError("record the sender before they act: the account is known only there")
        return self.id_of(author.person)

    def named(self, name: str) -> tuple[PersonRow, ...]:
        is_it = (PersonRow.folded == folded(name)) & PersonRow.erased_at.is_(None)
        return tuple(self.session.scalars(select(PersonRow).where(is_it).order_by(PersonRow.id)))

    def stranger(self, sender: Sender) -> Person:
        """A sender whom no row is about."""
        if self.administrators.is_local(sender):
            return Person(id=None, name=ADMINISTRATOR, is_administrator=True)
        name, is_in_chat = _name_of(sender), sender.platform in CHATS
        is_listed = (
            self.administrators.has_account(sender.account) if is_in_chat else self.administrators.has_name(name)
        )
        return Person(id=None, name=name, is_administrator=is_listed)

    def values(self, rows: Collection[PersonRow]) -> dict[int, Person]:
        """Return the persons by id."""
        accounts = self._chat_accounts()
        return {row.id: self._value(row, accounts.get(row.id, ())) for row in rows}

    def value(self, row: PersonRow) -> Person:
        return self.values([row])[row.id]

    def all(self) -> dict[int, Person]:
        """Return everyone by id, in the order of their names; those who are erased too, as the history needs them."""
        return self.values(tuple(self.session.scalars(select(PersonRow).order_by(PersonRow.folded, PersonRow.id))))

    def _value(self, row: PersonRow, accounts: Collection[str]) -> Person:
        if row.erased_at is not None:
            return Person(id=row.id, name=FORMER)
        if accounts:
            is_listed = any(map(self.administrators.has_account, accounts))
        else:
            is_listed = self.administrators.has_name(row.name)
        return Person(id=row.id, name=row.name, is_administrator=row.is_administrator or is_listed)

    def _chat_accounts(self) -> Mapping[int, Collection[str]]:
        """The accounts on chat platforms by person; asked for only where they decide something."""
        if not self.administrators.listed:
            return {}
        found: dict[int, list[str]] = {}
        for row in self.session.scalars(select(AccountRow).where(AccountRow.platform.in_(CHATS))):
            found.setdefault(row.person_id, []).append(row.account)
        return found

    def _by_account(self, platform: Platform, account: str | None) -> PersonRow | None:
        is_theirs = (AccountRow.platform == platform) & (AccountRow.account == account)
        return self.session.scalar(
            select(PersonRow).join(AccountRow, AccountRow.person_id == PersonRow.id).where(is_theirs)
        )

    def by_id(self, number: str) -> PersonRow | None:
        """Return whoever has that number and is not erased."""
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        is_it = (PersonRow.id == int(number)) & PersonRow.erased_at.is_(None)
        return self.session.scalar(select(PersonRow).where(is_it))

    def _by_name(self, name: str) -> PersonRow | None:
        # Whoever is only called that has not got the machine.
        local = self._by_account(Platform.COMMAND_LINE, ADMINISTRATOR)
        rows = tuple(row for row in self.named(name) if row is not local)
        if len(rows) > 1:
            raise NotOne("person_not_one", name=name)
        return rows[0] if rows else None

    def _make(self, name: str, account: AccountRow | None) -> PersonRow:
        is_local = account is not None and account.platform is Platform.COMMAND_LINE
        row = PersonRow(name=name, folded=folded(name), is_administrator=is_local)
        self.session.add(row)
        self.session.flush()
        if account is not None:
            account.person_id = row.id
            self.session.add(account)
        return row


def _name_of(sender: Sender) -> str:
    return _plain(sender.name or sender.account or "")


def _plain(name: str) -> str:
    return " ".join(storable(name).split())
