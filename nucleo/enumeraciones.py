"""The closed vocabularies of the registry. Their values are what the database stores and the API shows."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator


class TextoEnum(TypeDecorator[StrEnum]):
    """A `StrEnum` kept as TEXT; the CHECK of each table lists the values."""

    impl = Text
    cache_ok = True

    def __init__(self, enumeracion: type[StrEnum]) -> None:
        super().__init__()
        self.enumeracion = enumeracion

    def process_bind_param(self, value: StrEnum | str | None, _dialect: Any) -> str | None:
        return None if value is None else self.enumeracion(value).value

    def process_result_value(self, value: str | None, _dialect: Any) -> StrEnum | None:
        return None if value is None else self.enumeracion(value)


def valores(enumeracion: type[StrEnum]) -> str:
    """The values as a SQL list, for CHECK constraints: ``'a', 'b'``."""
    return ", ".join(f"'{miembro.value}'" for miembro in enumeracion)
