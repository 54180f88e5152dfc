"""The frozen values of the calendar and of the legal clock."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from nucleo.textos import ngettext

NACIONAL = "BO"
"""The place of what has none: only the holidays of the whole country count."""


DIAS_UNO_A_UNO = 62


class Unidad(StrEnum):
    """In what a term is told. Hours are of the clock, or all 24 of each working day: office hours are not
    known.
    """

    DIAS_HABILES = "dias_habiles"
    DIAS_CALENDARIO = "dias_calendario"
    MESES = "meses"
    ANIOS = "anios"
    HORAS = "horas"
    HORAS_HABILES = "horas_habiles"


class Empieza(StrEnum):
    """The first day that counts, after that of the fact."""

    DIA_SIGUIENTE = "dia_siguiente"
    DIA_HABIL_SIGUIENTE = "dia_habil_siguiente"


class Silencio(StrEnum):
    """What it means that the term ended and nobody decided."""

    NEGATIVO = "negativo"
    POSITIVO = "positivo"


@dataclass(frozen=True, slots=True)
class Feriado:
    """A row of the calendar. `lugar` is `NACIONAL` or an INE code; `laborable` undoes an earlier holiday."""

    numero: int
    id: UUID
    fecha: date
    lugar: str
    laborable: bool
    nombre: str
    norma: str
    confirmado: bool
    trasladado_de: date | None
    rige_desde: datetime

    @property
    def ambito(self) -> str:
        """`nacional`, `departamental` or `municipal`."""
        if self.lugar == NACIONAL:
            return "nacional"
        return "departamental" if len(self.lugar) == 2 else "municipal"


@dataclass(frozen=True, slots=True)
class Plazo:
    """A term in force. One that a room keeps in a table of its own (modalities of the fair) has no `id`."""

    codigo: str
    nombre: str
    valor: int
    unidad: Unidad
    norma: str
    confirmado: bool
    empieza: Empieza = Empieza.DIA_HABIL_SIGUIENTE
    prorroga: bool = True
    silencio: Silencio | None = None
    nota: str = ""
    vigente_desde: date | None = None
    vigente_hasta: date | None = None
    id: UUID | None = None

    @property
    def medida(self) -> str:
        """How long it is, as people say it: «5 días hábiles»."""
        if self.unidad is Unidad.HORAS and self.valor > 72 and self.valor % 24 == 0:
            return ngettext("{} día de 24 horas", "{} días de 24 horas", self.valor // 24).format(
                self.valor // 24
            )
        return _medida(self.unidad, self.valor).format(self.valor)

    @property
    def duracion(self) -> timedelta:
        """A term of hours as what it lasts wherever and whenever it runs; any other needs the calendar."""
        assert self.unidad is Unidad.HORAS, f"{self.codigo} is not of hours: count it with `correr`"
        return timedelta(hours=self.valor)


def _medida(unidad: Unidad, n: int) -> str:
    match unidad:
        case Unidad.DIAS_HABILES:
            return ngettext("{} día hábil", "{} días hábiles", n)
        case Unidad.DIAS_CALENDARIO:
            return ngettext("{} día calendario", "{} días calendario", n)
        case Unidad.MESES:
            return ngettext("{} mes", "{} meses", n)
        case Unidad.ANIOS:
            return ngettext("{} año", "{} años", n)
        case Unidad.HORAS:
            return ngettext("{} hora", "{} horas", n)
        case Unidad.HORAS_HABILES:
            return ngettext("{} hora de día hábil", "{} horas de días hábiles", n)


@dataclass(frozen=True, slots=True)
class Pausa:
    """The clock stood still from an instant to another one, or does still (None)."""

    desde: datetime
    hasta: datetime | None = None


class Clase(StrEnum):
    """What a day is to a term."""

    ANTES = "antes"  # between the fact and the first day that counts
    CONTADO = "contado"
    FIN_DE_SEMANA = "fin_de_semana"
    FERIADO = "feriado"
    DETENIDO = "detenido"
    PRORROGA = "prorroga"  # the working day to which the end is moved
    DISTANCIA = "distancia"  # counted, of the extension for distance


@dataclass(frozen=True, slots=True)
class Dia:
    """A day of the count. `numero` is which one it is of those that count; `feriados` are told also where
    they do not matter (calendar days); `despues` are holidays decreed when the term was already running:
    they change nothing.
    """

    fecha: date
    clase: Clase
    numero: int | None = None
    feriados: tuple[Feriado, ...] = ()
    despues: tuple[Feriado, ...] = ()

    def se_parece(self, otro: "Dia") -> bool:
        """Whether the same is to be said of both."""
        return (self.clase, self.feriados, self.despues) == (otro.clase, otro.feriados, otro.despues)


@dataclass(frozen=True, slots=True)
class Computo:
    """A term counted: from which row and calendar, day by day, and its end.

    `vence_en` is the last instant in time, None while the clock stands still. `version` is the number of the
    last row of the calendar that was known when it began to run (or last resumed). `faltan` days or hours are
    left to one that stands still.
    """

    plazo: Plazo
    inicio: datetime
    lugares: tuple[str, ...]
    version: int
    dias: tuple[Dia, ...]
    vence_en: datetime | None
    pausas: tuple[Pausa, ...] = ()
    distancia: Plazo | None = None
    faltan: int = 0
    detenido_desde: datetime | None = field(default=None)

    @property
    def ultimo_dia(self) -> date | None:
        return None if self.vence_en is None else self.dias[-1].fecha

    @property
    def sin_confirmar(self) -> bool:
        """Whether something it was counted by was not checked against the text of its norm."""
        return not (
            self.plazo.confirmado
            and (self.distancia is None or self.distancia.confirmado)
            and all(f.confirmado for f in self.feriados())
        )

    def feriados(self) -> Iterator[Feriado]:
        """The holidays that made the end come later."""
        for dia in self.dias:
            if dia.clase in (Clase.FERIADO, Clase.ANTES):
                yield from dia.feriados

    def tramos(self) -> list[tuple[Dia, Dia]]:
        """The days to show: each one, or of a long count the first and last of those that are alike."""
        if len(self.dias) <= DIAS_UNO_A_UNO:
            return [(dia, dia) for dia in self.dias]
        tramos: list[tuple[Dia, Dia]] = []
        for dia in self.dias:
            if tramos and tramos[-1][1].se_parece(dia):
                tramos[-1] = (tramos[-1][0], dia)
            else:
                tramos.append((dia, dia))
        return tramos

    def vencio(self, instante: datetime) -> bool:
        """Whether the term has ended: at its last instant it has not yet."""
        return self.vence_en is not None and instante > self.vence_en

    def silencio(self, instante: datetime) -> Silencio | None:
        """The effect of having said nothing, once the term has ended."""
        return self.plazo.silencio if self.vencio(instante) else None
