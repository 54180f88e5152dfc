"""The catalogue of notices: what each kind is called, whether it notifies with effect, how it is grouped.

A room declares its kinds in its `avisos.py`. A notification with legal effect (Ley 1080) is a line of its own
and is read only by opening it; news of one kind and one day are one line that opens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from nucleo.textos import perezoso as _l

_GRUPOS = UUID("4c1d2f0a-6a57-5d0e-9b1c-2f6d5a0b7c11")


@dataclass(frozen=True, slots=True)
class Clase:
    """A kind of notice. `varios` is the line of a group, with `%(n)s`; `por_objeto`: one group for each thing
    (the address that its notices lead to) instead of one for the whole kind.
    """

    codigo: str
    nombre: str
    varios: str
    legal: bool = False
    por_objeto: bool = False
    icono: str = "mail"

    def grupo(self, propio: UUID, destinatario_id: UUID, dia: date, enlace: str | None) -> UUID:
        """The group of a notice: its own id when it stands alone."""
        if self.legal:
            return propio
        objeto = enlace if self.por_objeto else ""
        return uuid5(_GRUPOS, f"{destinatario_id}|{self.codigo}|{dia}|{objeto}")


_clases: dict[str, Clase] = {}


def clase(
    codigo: str,
    nombre: str,
    varios: str = "",
    *,
    legal: bool = False,
    por_objeto: bool = False,
    icono: str = "mail",
) -> Clase:
    """Declare a kind; its code is stored with each notice and never changes."""
    assert codigo not in _clases, codigo
    assert legal or "%(n)s" in varios, codigo
    _clases[codigo] = Clase(codigo, nombre, varios, legal, por_objeto, icono)
    return _clases[codigo]


def clases() -> Mapping[str, Clase]:
    return _clases


def clase_de(codigo: str) -> Clase:
    """The kind of a stored notice; one that is not declared any more is shown as of the platform."""
    return _clases.get(codigo, AVISO_GENERAL)


AVISO_GENERAL = clase("general", _l("Avisos de la plataforma"), _l("%(n)s avisos de la plataforma"))
