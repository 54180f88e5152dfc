"""Writing the calendar: who may is judged by the room that offers it (nobody below knows of authorities)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sqlmodel import Session

from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.bloqueos import cerrojo
from nucleo.errores import DatosInvalidos
from nucleo.lectores import texto_obligatorio
from nucleo.plazos.calendario import Calendario, calendario, exigir_lugares, olvidar
from nucleo.plazos.errores import AnioPublicado, FeriadoSinCambio
from nucleo.plazos.modelos import FilaFeriado
from nucleo.plazos.reglas import previstos
from nucleo.plazos.valores import NACIONAL, Feriado
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

ANIOS_POR_DELANTE = 10


@dataclass(frozen=True, slots=True)
class Declaracion:
    """What a norm says of one day. `laborable`: that it is a working one, though it was a holiday."""

    fecha: date
    lugar: str
    nombre: str
    norma: str
    confirmado: bool = False
    laborable: bool = False
    trasladado_de: date | None = None


def declarar(sesion: Session, quien: Autorizacion, declaracion: Declaracion) -> Feriado:
    """Write a day that has not passed; the terms that run already keep their end.

    Said again with another name, norm or `confirmado` it replaces what was said. Raises `LugarDesconocido`,
    `DatosInvalidos`, `CalendarioSinPublicar`, `FeriadoSinCambio`.
    """
    actual = _por_cambiar(sesion)
    exigir_lugares([declaracion.lugar])
    actual.exigir_anio(declaracion.fecha)
    if declaracion.fecha < fecha_bolivia(ahora_bd(sesion)):
        detalle = _("Ese día ya pasó: solo se declara de hoy en adelante.")
        raise DatosInvalidos(detalle, campos={"fecha": detalle})
    _exigir_cambio(actual, declaracion)
    return _escribir(sesion, quien, [declaracion])[0]


def trasladar(sesion: Session, quien: Autorizacion, a: Declaracion) -> list[Feriado]:
    """Move the holiday of `a.trasladado_de` to `a.fecha`; its own day becomes a working one.

    Raises what `declarar` does, and `DatosInvalidos` when there is no holiday of that place to move.
    """
    de = a.trasladado_de
    assert de is not None
    actual = _por_cambiar(sesion)
    exigir_lugares([a.lugar])
    if _de_ese_lugar(actual, de, a.lugar) is None:
        detalle = _("Ese día no es feriado en ese lugar: no hay qué trasladar.")
        raise DatosInvalidos(detalle, campos={"de": detalle})
    queda = Declaracion(de, a.lugar, a.nombre, a.norma, a.confirmado, laborable=True)
    return [declarar(sesion, quien, a), declarar(sesion, quien, queda)]


def publicar_anio(sesion: Session, quien: Autorizacion, anio: int) -> list[Feriado]:
    """The holidays that return each year, of the year after the last one that is published.

    Raises `AnioPublicado` for any other year, and for one too far ahead.
    """
    siguiente = _por_cambiar(sesion).anios()[-1] + 1
    if anio != siguiente or anio > fecha_bolivia(ahora_bd(sesion)).year + ANIOS_POR_DELANTE:
        raise AnioPublicado(_("El siguiente año por publicar es {}.").format(siguiente))
    nuevas = [
        Declaracion(p.fecha, p.lugar or NACIONAL, p.nombre, p.norma, trasladado_de=p.trasladado_de)
        for p in previstos(anio)
    ]
    return _escribir(sesion, quien, nuevas)


def _por_cambiar(sesion: Session) -> Calendario:
    """The calendar as it is when nobody else changes it: two that say the same say it once."""
    cerrojo(sesion, "nucleo.calendario")
    olvidar(sesion)
    return calendario(sesion)


def _exigir_cambio(actual: Calendario, nueva: Declaracion) -> None:
    vigente = _de_ese_lugar(actual, nueva.fecha, nueva.lugar)
    if vigente is None:
        if nueva.laborable:
            detalle = _("Ese día no es feriado en ese lugar.")
            raise FeriadoSinCambio(detalle, campos={"fecha": detalle})
        return
    dicho = (vigente.nombre, vigente.norma, vigente.confirmado, vigente.trasladado_de)
    if not nueva.laborable and dicho == (nueva.nombre, nueva.norma, nueva.confirmado, nueva.trasladado_de):
        detalle = _("Ya está en el calendario, con el mismo nombre y la misma norma.")
        raise FeriadoSinCambio(detalle, campos={"fecha": detalle})


def _de_ese_lugar(actual: Calendario, dia: date, lugar: str) -> Feriado | None:
    return next((f for f in actual.en([lugar]).get(dia, ()) if f.lugar == lugar), None)


def _escribir(sesion: Session, quien: Autorizacion, nuevas: Iterable[Declaracion]) -> list[Feriado]:
    escritas = []
    for nueva in nuevas:
        fila = FilaFeriado(
            **{
                **asdict(nueva),
                "lugar": None if nueva.lugar == NACIONAL else nueva.lugar,
                "nombre": texto_obligatorio("nombre", nueva.nombre, _("Escriba el nombre."), 120),
                "norma": texto_obligatorio("norma", nueva.norma, _("Escriba la norma."), 200),
            }
        )
        sesion.add(fila)
        sesion.flush()  # one by one: their numbers follow the order in which they are told
        escritas.append(fila.id)
        hechos = {"fecha": nueva.fecha.isoformat(), "lugar": nueva.lugar, "laborable": nueva.laborable}
        auditar(sesion, quien, "feriado.declarar", "nucleo_feriado", fila.id, {**hechos, "norma": fila.norma})
    sesion.flush()
    olvidar(sesion)
    por_id = {f.id: f for f in calendario(sesion).feriados}
    return [por_id[id_] for id_ in escritas]
