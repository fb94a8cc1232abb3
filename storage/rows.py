"""What all rows have in common: every one belongs to an organisation, and can point at no row of another."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.breaks import BreakName
from bot.digest import DaysOff
from bot.model import Doubt, Kind, Language, Platform, Precision, Repeats, Status
from bot.units import UnitKind
from storage.column_types import Instant, WordList, Words, one_of


class Row(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read once, by SQLAlchemy
        str: Words,
        datetime: Instant,
        tuple[str, ...]: WordList,
        tuple[Doubt, ...]: WordList,
        BreakName: one_of(BreakName),
        DaysOff: one_of(DaysOff),
        Kind: one_of(Kind),
        Precision: one_of(Precision),
        Repeats: one_of(Repeats),
        Status: one_of(Status),
        Language: one_of(Language),
        Platform: one_of(Platform),
        UnitKind: one_of(UnitKind),
    }


def within(column: str, table: str) -> ForeignKeyConstraint:
    """A row of the same organisation."""
    return ForeignKeyConstraint(["organisation_id", column], [f"{table}.organisation_id", f"{table}.id"])


def unique(*columns: str) -> UniqueConstraint:
    """Once in an organisation."""
    return UniqueConstraint("organisation_id", *columns)


class Organised(Row):
    """What all other rows have in common."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), sort_order=-1)
