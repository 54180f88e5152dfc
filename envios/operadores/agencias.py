"""The agencies of an operator: opened, changed, closed with a reason, opened again by who administers it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    exigir_facultad,
    exigir_habilitacion,
    municipio,
)
from envios.operadores.bloqueos import bloquear_agencia
from envios.operadores.consultas import agencia
from envios.operadores.errores import AgenciaRepetida
from envios.operadores.estados import VIDA_AGENCIA
from envios.operadores.lugar import leer_lugar
from envios.operadores.modelos import FilaDeAgencia, FilaDeHorario
from envios.operadores.tipos import ClaseAgencia, EstadoAgencia
from envios.operadores.valores import Agencia
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos, PrecondicionFallida
from nucleo.ids import nuevo_id
from nucleo.lectores import texto_obligatorio
from nucleo.reloj import ahora_bd
from nucleo.semanas import Semana
from nucleo.textos import gettext as _

_CODIGO = re.compile(r"[A-Z0-9][A-Z0-9-]{1,11}")


@dataclass(frozen=True, slots=True)
class DatosDeAgencia:
    """What an agency says of itself, already read; `codigo` is written once and never changes."""

    codigo: str
    nombre: str
    clase: ClaseAgencia
    municipio_ine: str
    direccion: str
    latitud: Decimal | None = None
    longitud: Decimal | None = None
    telefono: str | None = None
    semana: Semana = field(default_factory=dict)


def exigir_administracion(sesion: Session, actor: Actor, operador_unidad_id: UUID) -> Autorizacion:
    """Who decides on an operator's places and people. Raises `SinFacultad`, `SinHabilitacion`."""
    autorizacion = exigir_facultad(sesion, actor, operador_unidad_id, Facultad.ADMINISTRAR)
    exigir_habilitacion(sesion, operador_unidad_id, Habilitacion.OPERADOR_POSTAL)
    return autorizacion


def abrir_agencia(
    sesion: Session,
    actor: Actor,
    operador_unidad_id: UUID,
    datos: DatosDeAgencia,
    *,
    id: UUID | None = None,
) -> Agencia:
    """A new agency, open. Raises `DatosInvalidos`, `AgenciaRepetida` (its code)."""
    autorizacion = exigir_administracion(sesion, actor, operador_unidad_id)
    codigo = datos.codigo.strip().upper()
    if not _CODIGO.fullmatch(codigo):
        raise DatosInvalidos(
            campos={"codigo": _("Use de 2 a 12 letras, números o guiones, por ejemplo PT-01.")}
        )
    momento = ahora_bd(sesion)
    fila = FilaDeAgencia(
        id=id or nuevo_id(),
        operador_unidad_id=operador_unidad_id,
        codigo=codigo,
        creada_en=momento,
        cambiada_en=momento,
        **_columnas(sesion, datos),
    )
    try:
        with sesion.begin_nested():
            sesion.add(fila)
    except IntegrityError as error:
        if "uq_envios_agencia_operador_unidad_id_codigo" not in str(error.orig):
            raise
        detalle = _("Su operador ya tiene una agencia con ese código: escriba otro.")
        raise AgenciaRepetida(detalle, campos={"codigo": detalle}) from error
    _poner_semana(sesion, fila.id, datos.semana)
    _auditar(sesion, autorizacion, "agencia.abrir", fila)
    return agencia(fila)


def cambiar_agencia(
    sesion: Session, actor: Actor, agencia_id: UUID, datos: DatosDeAgencia, version: int
) -> Agencia:
    """All of it but its code, also while it is closed. Raises `PrecondicionFallida`, `DatosInvalidos`."""
    fila = bloquear_agencia(sesion, agencia_id)
    autorizacion = exigir_administracion(sesion, actor, fila.operador_unidad_id)
    if fila.version != version:
        raise PrecondicionFallida(_("Otra persona cambió la agencia mientras tanto: vea lo que dice ahora."))
    fila.sqlmodel_update(_columnas(sesion, datos))
    _tocar(sesion, fila)
    _poner_semana(sesion, fila.id, datos.semana)
    _auditar(sesion, autorizacion, "agencia.cambiar", fila)
    return agencia(fila)


def cerrar_agencia(sesion: Session, actor: Actor, agencia_id: UUID, motivo: str) -> Agencia:
    """It works no more until it opens again: nobody acts in it, nor is sent to it. Raises `PasoDeAgencia`."""
    fila = bloquear_agencia(sesion, agencia_id)
    autorizacion = exigir_administracion(sesion, actor, fila.operador_unidad_id)
    razon = texto_obligatorio("motivo", motivo, _("Escriba por qué se cierra: lo verá quien la busque."), 300)
    VIDA_AGENCIA.pasar(fila, EstadoAgencia.CERRADA, _("La agencia ya está cerrada."))
    fila.cerrada_en, fila.cerrada_motivo = ahora_bd(sesion), razon
    _tocar(sesion, fila)
    _auditar(sesion, autorizacion, "agencia.cerrar", fila, motivo=razon)
    return agencia(fila)


def reabrir_agencia(sesion: Session, actor: Actor, agencia_id: UUID) -> Agencia:
    """With the people and hours that it had. Raises `PasoDeAgencia`."""
    fila = bloquear_agencia(sesion, agencia_id)
    autorizacion = exigir_administracion(sesion, actor, fila.operador_unidad_id)
    VIDA_AGENCIA.pasar(fila, EstadoAgencia.ABIERTA, _("La agencia ya está abierta."))
    fila.cerrada_en = fila.cerrada_motivo = None
    _tocar(sesion, fila)
    _auditar(sesion, autorizacion, "agencia.reabrir", fila)
    return agencia(fila)


def _columnas(sesion: Session, datos: DatosDeAgencia) -> dict[str, Any]:
    errores = {}
    if municipio(sesion, datos.municipio_ine) is None:
        errores["municipio_ine"] = _("Elija un municipio de la lista.")
    if not 2 <= len(datos.nombre) <= 80:
        errores["nombre"] = _("Escriba un nombre de 2 a 80 letras.")
    if not 3 <= len(datos.direccion) <= 300:
        errores["direccion"] = _("Escriba calle o zona y una referencia.")
    try:
        latitud, longitud = leer_lugar(datos.latitud, datos.longitud)
    except DatosInvalidos as error:
        errores |= error.campos or {}
    if errores:
        raise DatosInvalidos(_("Corrija los datos marcados."), campos=errores)
    propias = ("nombre", "clase", "municipio_ine", "direccion", "telefono")
    return {campo: getattr(datos, campo) for campo in propias} | {"latitud": latitud, "longitud": longitud}


def _poner_semana(sesion: Session, agencia_id: UUID, semana: Semana) -> None:
    """The week as told, in place of the one there was."""
    sesion.execute(delete(FilaDeHorario).where(col(FilaDeHorario.agencia_id) == agencia_id))
    for dia, tramos in semana.items():
        for abre, cierra in tramos:
            sesion.add(FilaDeHorario(agencia_id=agencia_id, dia=dia, abre_min=abre, cierra_min=cierra))
    sesion.flush()


def _tocar(sesion: Session, fila: FilaDeAgencia) -> None:
    fila.version, fila.cambiada_en = fila.version + 1, ahora_bd(sesion)
    sesion.add(fila)
    sesion.flush()


def _auditar(
    sesion: Session, autorizacion: Autorizacion, accion: str, fila: FilaDeAgencia, **mas: str
) -> None:
    datos: Mapping[str, str] = {"operador": str(fila.operador_unidad_id), "codigo": fila.codigo, **mas}
    auditar(sesion, autorizacion, accion, "envios_agencia", fila.id, datos)
