"""The terms of an item: dated rows with their norm, those in force on the day on which it was announced.

Whoever sends and whoever receives know them from then on: what is decreed later holds for what is announced
later, so that no wait that runs is moved and the same events say the same for ever.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from envios.items.modelos import ReglaDeIntentos
from nucleo.plazos import Calendario, calendario
from nucleo.reloj import fecha_bolivia

_EN_SESION = "envios.terminos"


@dataclass(frozen=True, slots=True)
class Terminos:
    """What holds for an item. All are exact durations: no calendar is needed to derive from them."""

    por_traer: timedelta
    """To bring what was announced; then it is annulled."""
    sin_noticias: timedelta
    traspaso: timedelta
    """For the other operator to say its half of a hand-over."""
    intentos: int
    espera: timedelta
    prorroga: timedelta
    negar: timedelta
    """For the recipient to say that a delivery without their code did not happen."""


@dataclass(frozen=True, slots=True)
class Reglamento:
    """Every dated rule, as one transaction knows them."""

    calendario: Calendario
    intentos: tuple[tuple[int, date, date | None], ...]
    de_un_dia: dict[date, Terminos]

    def de(self, anunciado_en: datetime) -> Terminos:
        """The terms of an item announced at an instant (LookupError: no rule sets one)."""
        dia = fecha_bolivia(anunciado_en)
        if dia not in self.de_un_dia:
            self.de_un_dia[dia] = self._leer(dia)
        return self.de_un_dia[dia]

    def _leer(self, dia: date) -> Terminos:
        def dura(codigo: str) -> timedelta:
            return self.calendario.plazo(f"envios.{codigo}", dia).duracion

        return Terminos(
            por_traer=dura("por_traer"),
            sin_noticias=dura("sin_noticias"),
            traspaso=dura("traspaso"),
            intentos=self._intentos(dia),
            espera=dura("espera"),
            prorroga=dura("prorroga_de_espera"),
            negar=dura("negar_entrega"),
        )

    def _intentos(self, dia: date) -> int:
        for intentos, desde, hasta in self.intentos:
            if desde <= dia and (hasta is None or dia < hasta):
                return intentos
        raise LookupError(f"no hay regla de intentos vigente el {dia}")


def reglamento(sesion: Session) -> Reglamento:
    """The rules, by at most two short queries in each transaction."""
    sabido = sesion.info.get(_EN_SESION)
    if sabido is not None and sabido[0] is sesion.get_transaction():
        hallado: Reglamento = sabido[1]
        return hallado
    reglas = sesion.exec(select(ReglaDeIntentos).order_by(col(ReglaDeIntentos.vigente_desde)))
    intentos = tuple((r.intentos, r.vigente_desde, r.vigente_hasta) for r in reglas)
    leido = Reglamento(calendario(sesion), intentos, {})
    sesion.info[_EN_SESION] = (sesion.get_transaction(), leido)
    return leido


def terminos(sesion: Session, anunciado_en: datetime) -> Terminos:
    """Those of one item."""
    return reglamento(sesion).de(anunciado_en)
