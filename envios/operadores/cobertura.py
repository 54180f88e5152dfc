"""Where the services of an operator arrive, by date: a change ends what there was and begins what comes."""

import re
from datetime import date
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from empresa_digital.registro import municipio
from envios.operadores.agencias import exigir_administracion
from envios.operadores.bloqueos import bloquear_cobertura
from envios.operadores.consultas import cobertura
from envios.operadores.errores import CoberturaNoEncontrada
from envios.operadores.modelos import FilaDeCobertura
from envios.operadores.tipos import Entrega
from envios.operadores.valores import Cobertura
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import Conflicto, DatosInvalidos
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

_SERVICIO = re.compile(r"[a-z0-9][a-z0-9-]{1,19}")
DIAS_MAXIMOS = 60


def cubrir(
    sesion: Session,
    actor: Actor,
    operador_unidad_id: UUID,
    municipio_ine: str,
    servicio: str,
    entrega: Entrega,
    dias: int,
    *,
    desde: date | None = None,
) -> Cobertura:
    """From a day on (today), that service arrives there, so delivered, in so many working days.

    What held that day ends with it, and what was to come later no longer does. Raises `DatosInvalidos`.
    """
    autorizacion = exigir_administracion(sesion, actor, operador_unidad_id)
    momento = ahora_bd(sesion)
    hoy = fecha_bolivia(momento)
    empieza = desde or hoy
    _revisar(sesion, municipio_ine, servicio, dias, empieza, hoy)
    bloquear_cobertura(sesion, operador_unidad_id)
    for vieja in _desde(sesion, operador_unidad_id, municipio_ine, servicio, entrega, empieza):
        _terminar(sesion, autorizacion, vieja, max(empieza, vieja.vigente_desde))
    fila = FilaDeCobertura(
        operador_unidad_id=operador_unidad_id,
        municipio_ine=municipio_ine,
        servicio=servicio,
        entrega=entrega,
        dias=dias,
        vigente_desde=empieza,
        creada_en=momento,
    )
    sesion.add(fila)
    sesion.flush()
    _auditar(sesion, autorizacion, "cobertura.cubrir", fila)
    return cobertura(fila)


def dejar_de_cubrir(
    sesion: Session, actor: Actor, cobertura_id: UUID, ultimo_dia: date | None = None
) -> Cobertura:
    """It holds up to a last day; without it, today it already does not. Raises `CoberturaNoEncontrada`,
    `DatosInvalidos`, `Conflicto` (it ended before).
    """
    fila = sesion.get(FilaDeCobertura, cobertura_id)
    if fila is None:
        raise CoberturaNoEncontrada()
    autorizacion = exigir_administracion(sesion, actor, fila.operador_unidad_id)
    bloquear_cobertura(sesion, fila.operador_unidad_id)
    sesion.refresh(fila)
    hoy = fecha_bolivia(ahora_bd(sesion))
    fin = hoy if ultimo_dia is None else date.fromordinal(ultimo_dia.toordinal() + 1)
    if fila.vigente_hasta is not None and fila.vigente_hasta <= hoy:
        raise Conflicto(_("Esa cobertura ya terminó."))
    if (ultimo_dia is not None and ultimo_dia < hoy) or (
        fila.vigente_hasta is not None and fin > fila.vigente_hasta
    ):
        raise DatosInvalidos(campos={"ultimo_dia": _("Elija hoy o un día por venir, antes de que termine.")})
    _terminar(sesion, autorizacion, fila, max(fin, fila.vigente_desde))
    return cobertura(fila)


def _revisar(sesion: Session, municipio_ine: str, servicio: str, dias: int, desde: date, hoy: date) -> None:
    errores = {}
    if municipio(sesion, municipio_ine) is None:
        errores["municipio_ine"] = _("Elija un municipio de la lista.")
    if not _SERVICIO.fullmatch(servicio):
        errores["servicio"] = _("Use de 2 a 20 letras minúsculas, números o guiones, por ejemplo «expreso».")
    if not 0 <= dias <= DIAS_MAXIMOS:
        errores["dias"] = _("Escriba de 0 a 60 días hábiles.")
    if desde < hoy:
        errores["desde"] = _("Elija hoy o un día por venir.")
    if errores:
        raise DatosInvalidos(_("Corrija los datos marcados."), campos=errores)


def _desde(
    sesion: Session,
    operador_unidad_id: UUID,
    municipio_ine: str,
    servicio: str,
    entrega: Entrega,
    dia: date,
) -> list[FilaDeCobertura]:
    """Those of one kind that hold on a day or later."""
    hasta = col(FilaDeCobertura.vigente_hasta)
    consulta = select(FilaDeCobertura).where(
        col(FilaDeCobertura.operador_unidad_id) == operador_unidad_id,
        col(FilaDeCobertura.municipio_ine) == municipio_ine,
        col(FilaDeCobertura.servicio) == servicio,
        col(FilaDeCobertura.entrega) == entrega,
        or_(hasta.is_(None), (hasta > dia) & (hasta > col(FilaDeCobertura.vigente_desde))),
    )
    return list(sesion.exec(consulta.order_by(col(FilaDeCobertura.vigente_desde))))


def _terminar(sesion: Session, autorizacion: Autorizacion, fila: FilaDeCobertura, hasta: date) -> None:
    fila.vigente_hasta = hasta
    sesion.add(fila)
    sesion.flush()
    _auditar(sesion, autorizacion, "cobertura.terminar", fila)


def _auditar(sesion: Session, autorizacion: Autorizacion, accion: str, fila: FilaDeCobertura) -> None:
    datos = {
        "operador": str(fila.operador_unidad_id),
        "municipio": fila.municipio_ine,
        "servicio": fila.servicio,
        "entrega": fila.entrega.value,
        "dias": fila.dias,
        "desde": fila.vigente_desde.isoformat(),
        "hasta": fila.vigente_hasta.isoformat() if fila.vigente_hasta else None,
    }
    auditar(sesion, autorizacion, accion, "envios_cobertura", fila.id, datos)
