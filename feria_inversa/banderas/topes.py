"""The ceilings and least terms of the general norm on a day: dated rules, read once for many processes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from feria_inversa.panorama import NORMAS
from feria_inversa.reglas import GENERAL, Clave
from feria_inversa.reglas.modelos import Modalidad, Regla

DE_LA_GENERAL = NORMAS[GENERAL]
"""How the market writes the general norm; of another one, its ceilings are not known."""
Valor = Callable[[str, date], int | None]


@dataclass(frozen=True, slots=True)
class Limites:
    """`tope` in centavos, `minimo` in working days, of a modality on a day; of one not confirmed, nothing."""

    tope: Valor
    minimo: Valor


def limites(sesion: Session) -> Limites:
    return Limites(_valores(sesion, Clave.MONTO_HASTA), _valores(sesion, Clave.DIAS_MINIMOS))


def _valores(sesion: Session, clave: Clave) -> Valor:
    consulta = (
        select(Modalidad.codigo, Regla)
        .join(Regla, col(Regla.modalidad_id) == Modalidad.id)
        .where(Modalidad.norma == GENERAL, Regla.clave == clave, col(Regla.confirmado))
    )
    filas: dict[str, list[Regla]] = {}
    for codigo, regla in sesion.exec(consulta):
        filas.setdefault(codigo, []).append(regla)

    def valor(modalidad: str, dia: date) -> int | None:
        for regla in filas.get(modalidad, ()):
            if regla.vigente_desde <= dia and (regla.vigente_hasta is None or dia <= regla.vigente_hasta):
                return regla.valor
        return None

    return valor
