"""CUCE: Código Único de Contratación Estatal, `AA-EEEE-UU-NNNNNN[N]-C-P` (or `…-0-E` without a call).

Year, entity (Clasificador Institucional), executing unit, serial, C = number of the call (+1 after Desierto)
and P = publication of that call (+1 after Anulado). The shape is that of the processes SICOES publishes.
"""

import re
from dataclasses import dataclass, replace
from typing import Self

SIGLO = 2000
SERIE_MAX = 9_999_999

_FORMA = re.compile(
    r"(?P<gestion>[0-9]{2})-(?P<entidad>[0-9]{3,4})-(?P<unidad>[0-9]{2})-(?P<serie>[0-9]{6,7})-"
    r"(?:(?P<convocatoria>[1-9][0-9]?)-(?P<publicacion>[1-9][0-9]?)|0-E)"
)


class CuceInvalido(ValueError):
    """The text is not a CUCE."""


@dataclass(frozen=True, slots=True, order=True)
class Cuce:
    """The parts of a CUCE; without a call (`0-E`) `convocatoria` and `publicacion` are both 0."""

    gestion: int
    entidad: str
    unidad: str
    serie: int
    convocatoria: int = 1
    publicacion: int = 1

    def __post_init__(self) -> None:
        en_rango = (
            SIGLO <= self.gestion < SIGLO + 100
            and re.fullmatch(r"[0-9]{4}", self.entidad) is not None
            and re.fullmatch(r"[0-9]{2}", self.unidad) is not None
            and 1 <= self.serie <= SERIE_MAX
        )
        sin_llamado = self.convocatoria == 0 and self.publicacion == 0
        con_llamado = 1 <= self.convocatoria <= 99 and 1 <= self.publicacion <= 99
        if not en_rango or not (sin_llamado or con_llamado):
            raise CuceInvalido(f"partes fuera de rango: {self.gestion}, {self.entidad}, {self.serie}")

    @classmethod
    def leer(cls, texto: str) -> Self:
        """Parse a CUCE, also one whose entity lost its leading zero. Raises `CuceInvalido`."""
        forma = _FORMA.fullmatch(texto.strip().upper())
        if forma is None:
            raise CuceInvalido(f"«{texto}» no tiene la forma AA-EEEE-UU-NNNNNN-C-P")
        return cls(
            gestion=SIGLO + int(forma["gestion"]),
            entidad=forma["entidad"].zfill(4),
            unidad=forma["unidad"],
            serie=int(forma["serie"]),
            convocatoria=int(forma["convocatoria"] or 0),
            publicacion=int(forma["publicacion"] or 0),
        )

    @property
    def sin_convocatoria(self) -> bool:
        return self.convocatoria == 0

    def __str__(self) -> str:
        cola = "0-E" if self.sin_convocatoria else f"{self.convocatoria}-{self.publicacion}"
        return f"{self.gestion % 100:02d}-{self.entidad}-{self.unidad}-{self.serie:06d}-{cola}"

    def sin_llamado(self) -> Self:
        """The code of the same process without a call."""
        return replace(self, convocatoria=0, publicacion=0)

    def siguiente_convocatoria(self) -> Self:
        """The code of the new call after this one was declared Desierto."""
        return replace(self, convocatoria=self.convocatoria + 1, publicacion=1)

    def siguiente_publicacion(self) -> Self:
        """The code of the same call published again after it was Anulado."""
        return replace(self, publicacion=self.publicacion + 1)

    def sigue_a(self, otro: Self) -> bool:
        """Whether it is of a later call, or publication, of the same serial."""
        mismo = replace(self, convocatoria=1, publicacion=1) == replace(otro, convocatoria=1, publicacion=1)
        return mismo and (self.convocatoria, self.publicacion) > (otro.convocatoria, otro.publicacion)


# Not issued by the Open Contracting Partnership: to be replaced by the registered one.
PREFIJO = "ocds-qhatu0"


def ocid_de(cuce: str) -> str:
    return f"{PREFIJO}-{cuce}"
