"""Writing an entry and bringing the record to what it says; reading the record back."""

import os
from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from constancia import registrar_tipo
from empresa_digital.registro.asientos import (
    Operacion,
    huella_de_asiento,
    huella_de_valor,
    instante_o_nada,
    iso,
    iso_o_nada,
)
from empresa_digital.registro.asientos.modelos import Asiento
from empresa_digital.registro.catalogos import TipoUnidad
from empresa_digital.registro.identificadores import IdentificadorEnUso
from empresa_digital.registro.identificadores.modelos import Identificador
from empresa_digital.registro.unidades.apartados import apartados
from empresa_digital.registro.unidades.estados import VIVAS
from empresa_digital.registro.unidades.ficha import CAMPOS, Ficha, aplicar
from empresa_digital.registro.unidades.modelos import ActividadSecundaria, UnidadEconomica
from empresa_digital.registro.unidades.valores import Unidad
from nucleo.actor import Autorizacion
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

_MICROGRADO = Decimal("0.000001")

registrar_tipo("asiento", _l("Cambio del registro de unidades"), "/unidades/{objeto}")


def anotacion_de(unidad: UnidadEconomica) -> tuple[str, str, str]:
    """What the public log keeps of a unit's last entry, and so of all before it.

    The database notes it when a transaction that wrote entries commits (`registro_constancia`).
    """
    return "asiento", unidad.numero, f"{unidad.secuencia}|{unidad.huella}"


# --- Writing ------------------------------------------------------------------------------------------


def asentar(
    sesion: Session,
    unidad: UnidadEconomica,
    autorizacion: Autorizacion,
    operacion: Operacion,
    datos: dict[str, Any],
    *,
    ficha: Ficha | None = None,
) -> Asiento:
    """Write an entry and apply it to the record. The caller holds the row lock of `unidad` (or has just made
    it).

    `ficha` is the record as `leer_fichas` just gave it, if the caller has it already.
    Raises `TransicionInvalida`, `IdentificadorEnUso`. The caller's transaction is still usable after either.
    """
    es_nueva = operacion == Operacion.CREAR
    momento = ahora_bd(sesion)
    if ficha is None:
        ficha = Ficha() if es_nueva else leer_fichas(sesion, [unidad])[unidad.id]
    antes = deepcopy(ficha)
    aplicar(ficha, operacion, datos, iso(momento))
    sales = {campo: os.urandom(16).hex() for campo in datos}
    actor = autorizacion.actor
    asiento = Asiento(
        unidad_id=unidad.id,
        secuencia=1 if es_nueva else unidad.secuencia + 1,
        instante=momento,
        operacion=operacion,
        actor_tipo=actor.tipo,
        actor_id=actor.id,
        actor_nombre=None if actor.tipo == "persona" else actor.nombre,
        por_unidad_id=autorizacion.unidad_id,
        mandato_id=autorizacion.mandato_id,
        datos=datos,
        sales=sales,
        huellas={campo: huella_de_valor(sales[campo], valor) for campo, valor in datos.items()},
        huella_anterior=None if es_nueva else unidad.huella,
        huella="",
    )
    asiento.huella = huella_de_asiento(asiento)
    try:
        with sesion.begin_nested():
            _guardar(sesion, unidad, antes, ficha, asiento)
    except IntegrityError as error:
        if "uq_registro_identificador_vivo" in str(error.orig):
            raise IdentificadorEnUso(
                _("Otra unidad económica acaba de presentarse con el mismo identificador.")
            ) from error
        raise
    return asiento


def _guardar(sesion: Session, unidad: UnidadEconomica, antes: Ficha, ficha: Ficha, asiento: Asiento) -> None:
    """Bring the tables to what the record says. Only what the entry changed is looked at."""
    for campo in CAMPOS:
        setattr(unidad, campo, _a_columna(campo, ficha.campos[campo]))
    unidad.estado = ficha.estado
    unidad.motivo = ficha.motivo
    unidad.version = ficha.version
    unidad.inscrita_en = instante_o_nada(ficha.inscrita_en)
    unidad.creado_en = datetime.fromisoformat(ficha.creado_en)
    unidad.actualizado_en = datetime.fromisoformat(ficha.actualizado_en)
    unidad.secuencia, unidad.huella = asiento.secuencia, asiento.huella
    sesion.add(unidad)
    sesion.flush()
    if ficha.identificadores != antes.identificadores or (
        ficha.identificadores and ficha.estado != antes.estado
    ):
        _guardar_identificadores(sesion, unidad, ficha)
    if ficha.actividades != antes.actividades:
        _guardar_actividades(sesion, unidad.id, ficha)
    for apartado in apartados():
        seccion = ficha.apartados[apartado.nombre]
        if seccion != antes.apartados[apartado.nombre]:
            apartado.guardar(sesion, unidad.id, seccion)
    sesion.add(asiento)
    sesion.flush()


def _a_columna(campo: str, valor: str | None) -> Any:
    if valor is not None and campo in ("latitud", "longitud"):
        return Decimal(valor)
    return TipoUnidad(valor) if campo == "tipo" and valor is not None else valor


def _guardar_identificadores(sesion: Session, unidad: UnidadEconomica, ficha: Ficha) -> None:
    vivo = ficha.estado in VIVAS
    consulta = select(Identificador).where(Identificador.unidad_id == unidad.id)
    actuales = {fila.esquema: fila for fila in sesion.exec(consulta)}
    for esquema, fila in actuales.items():
        if esquema not in ficha.identificadores:
            sesion.delete(fila)
    for esquema, valor in sorted(ficha.identificadores.items()):
        fila = actuales.get(esquema) or Identificador(unidad_id=unidad.id, esquema=esquema, valor=valor)
        fila.valor, fila.vivo = valor, vivo
        sesion.add(fila)


def _guardar_actividades(sesion: Session, unidad_id: UUID, ficha: Ficha) -> None:
    consulta = select(ActividadSecundaria).where(ActividadSecundaria.unidad_id == unidad_id)
    actuales = {fila.actividad: fila for fila in sesion.exec(consulta)}
    for codigo, fila in actuales.items():
        if codigo not in ficha.actividades:
            sesion.delete(fila)
    for codigo in ficha.actividades:
        if codigo not in actuales:
            sesion.add(ActividadSecundaria(unidad_id=unidad_id, actividad=codigo))


# --- Reading the record back ---------------------------------------------------------------------------


def leer_fichas(sesion: Session, unidades: Iterable[UnidadEconomica | Unidad]) -> dict[UUID, Ficha]:
    """The record of these units as the tables hold it, a query a table whatever their number."""
    fichas = {u.id: _ficha_de(u) for u in unidades}
    ids = list(fichas)
    for i in sesion.exec(select(Identificador).where(col(Identificador.unidad_id).in_(ids))):
        fichas[i.unidad_id].identificadores[i.esquema] = i.valor
    for a in sesion.exec(select(ActividadSecundaria).where(col(ActividadSecundaria.unidad_id).in_(ids))):
        fichas[a.unidad_id].actividades.append(a.actividad)
    for apartado in apartados():
        for unidad_id, clave, datos in apartado.leer(sesion, ids):
            fichas[unidad_id].apartados[apartado.nombre][clave] = datos
    for ficha in fichas.values():
        ficha.actividades.sort()
    return fichas


def _ficha_de(unidad: UnidadEconomica | Unidad) -> Ficha:
    return Ficha(
        campos={campo: _de_columna(campo, getattr(unidad, campo)) for campo in CAMPOS},
        estado=unidad.estado,
        motivo=unidad.motivo,
        version=unidad.version,
        inscrita_en=iso_o_nada(unidad.inscrita_en),
        creado_en=iso(unidad.creado_en),
        actualizado_en=iso(unidad.actualizado_en),
    )


def _de_columna(campo: str, valor: Any) -> str | None:
    if valor is None:
        return None
    return str(Decimal(valor).quantize(_MICROGRADO)) if campo in ("latitud", "longitud") else str(valor)
