"""Writing and checking entries: the append-only truth from which the record derives."""

import hashlib
import json
import os
from collections.abc import Iterable
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from empresa_digital.registro.errores import IdentificadorEnUso
from empresa_digital.registro.estados import VIVAS
from empresa_digital.registro.ficha import CAMPOS, Ficha, aplicar
from empresa_digital.registro.modelos import (
    ActividadSecundaria,
    Asiento,
    HabilitacionUnidad,
    Identificador,
    Mandato,
    UnidadEconomica,
)
from empresa_digital.registro.tipos import EstadoHabilitacion, Habilitacion, Operacion, TipoUnidad
from nucleo.actor import Autorizacion
from nucleo.dinero import a_centavos, de_centavos
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

_MICROGRADO = Decimal("0.000001")


def canonico(valor: Any) -> bytes:
    """One byte string per JSON value: sorted keys, no spaces, UTF-8 (RFC 8785 for the types used here)."""
    return json.dumps(valor, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def huella_de_valor(sal: str, valor: Any) -> str:
    """The salted hash that stands for a value; with the salt forgotten it cannot be guessed back."""
    return hashlib.sha256(bytes.fromhex(sal) + canonico(valor)).hexdigest()


def huella_de_asiento(asiento: Asiento) -> str:
    """The hash of an entry: it covers the hashes of the values and the previous entry, never the values."""
    contenido = {
        "unidad": str(asiento.unidad_id),
        "secuencia": asiento.secuencia,
        "instante": iso(asiento.instante),
        "operacion": str(asiento.operacion),
        "actor": [asiento.actor_tipo, _texto(asiento.actor_id), asiento.actor_nombre],
        "por_unidad": _texto(asiento.por_unidad_id),
        "mandato": _texto(asiento.mandato_id),
        "huellas": asiento.huellas,
        "anterior": asiento.huella_anterior,
    }
    return hashlib.sha256(canonico(contenido)).hexdigest()


def iso(instante: datetime) -> str:
    return instante.astimezone(UTC).isoformat(timespec="microseconds")


def _iso_o_nada(instante: datetime | None) -> str | None:
    return None if instante is None else iso(instante)


def _texto(valor: object | None) -> str | None:
    return None if valor is None else str(valor)


def _instante(texto: str | None) -> datetime | None:
    return None if texto is None else datetime.fromisoformat(texto)


def _fecha(texto: str | None) -> date | None:
    return None if texto is None else date.fromisoformat(texto)


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
    unidad.inscrita_en = _instante(ficha.inscrita_en)
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
    if ficha.mandatos != antes.mandatos:
        _guardar_mandatos(sesion, unidad.id, ficha)
    if ficha.habilitaciones != antes.habilitaciones:
        _guardar_habilitaciones(sesion, unidad.id, ficha)
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


def _guardar_mandatos(sesion: Session, unidad_id: UUID, ficha: Ficha) -> None:
    actuales = {str(f.id): f for f in sesion.exec(select(Mandato).where(Mandato.unidad_id == unidad_id))}
    for clave, datos in ficha.mandatos.items():
        fila = actuales.get(clave)
        if fila is None:
            limite = datos["monto_limite"]
            fila = Mandato(
                id=UUID(clave),
                unidad_id=unidad_id,
                apoderado_persona_id=datos["apoderado_persona"] and UUID(datos["apoderado_persona"]),
                apoderado_unidad_id=datos["apoderado_unidad"] and UUID(datos["apoderado_unidad"]),
                facultades=datos["facultades"],
                monto_limite=None if limite is None else de_centavos(limite),
                valido_desde=datetime.fromisoformat(datos["valido_desde"]),
                valido_hasta=_instante(datos["valido_hasta"]),
                firmas_requeridas=datos["firmas_requeridas"],
                grupo_firma=datos["grupo_firma"] and UUID(datos["grupo_firma"]),
                subdelegable=datos["subdelegable"],
                delegado_de=datos["delegado_de"] and UUID(datos["delegado_de"]),
                documento=datos["documento"],
                creado_en=datetime.fromisoformat(datos["creado_en"]),
            )
        if fila.revocado_en is None and datos["revocado_en"] is not None:
            fila.revocado_en = datetime.fromisoformat(datos["revocado_en"])
            fila.revocado_motivo = datos["revocado_motivo"]
        sesion.add(fila)


def _guardar_habilitaciones(sesion: Session, unidad_id: UUID, ficha: Ficha) -> None:
    consulta = select(HabilitacionUnidad).where(HabilitacionUnidad.unidad_id == unidad_id)
    actuales = {str(fila.habilitacion): fila for fila in sesion.exec(consulta)}
    for clave, datos in ficha.habilitaciones.items():
        columnas = {
            "estado": EstadoHabilitacion(datos["estado"]),
            "norma": datos["norma"],
            "vigente_desde": _fecha(datos["vigente_desde"]),
            "vigente_hasta": _fecha(datos["vigente_hasta"]),
            "motivo": datos["motivo"],
            "solicitada_en": _instante(datos["solicitada_en"]),
            "resuelta_en": _instante(datos["resuelta_en"]),
        }
        fila = actuales.get(clave) or HabilitacionUnidad(
            unidad_id=unidad_id, habilitacion=Habilitacion(clave), **columnas
        )
        for columna, valor in columnas.items():
            setattr(fila, columna, valor)
        sesion.add(fila)


# --- Reading the record back ---------------------------------------------------------------------------


def leer_fichas(sesion: Session, unidades: Iterable[UnidadEconomica]) -> dict[UUID, Ficha]:
    """The record of these units as the tables hold it, five queries whatever their number."""
    fichas = {u.id: _ficha_de(u) for u in unidades}
    ids = list(fichas)
    for i in sesion.exec(select(Identificador).where(col(Identificador.unidad_id).in_(ids))):
        fichas[i.unidad_id].identificadores[i.esquema] = i.valor
    for a in sesion.exec(select(ActividadSecundaria).where(col(ActividadSecundaria.unidad_id).in_(ids))):
        fichas[a.unidad_id].actividades.append(a.actividad)
    for m in sesion.exec(select(Mandato).where(col(Mandato.unidad_id).in_(ids))):
        fichas[m.unidad_id].mandatos[str(m.id)] = _mandato_como_datos(m)
    for h in sesion.exec(select(HabilitacionUnidad).where(col(HabilitacionUnidad.unidad_id).in_(ids))):
        fichas[h.unidad_id].habilitaciones[str(h.habilitacion)] = {
            "estado": str(h.estado),
            "norma": h.norma,
            "vigente_desde": _texto(h.vigente_desde),
            "vigente_hasta": _texto(h.vigente_hasta),
            "motivo": h.motivo,
            "solicitada_en": iso(h.solicitada_en),
            "resuelta_en": _iso_o_nada(h.resuelta_en),
        }
    for ficha in fichas.values():
        ficha.actividades.sort()
    return fichas


def _ficha_de(unidad: UnidadEconomica) -> Ficha:
    return Ficha(
        campos={campo: _de_columna(campo, getattr(unidad, campo)) for campo in CAMPOS},
        estado=unidad.estado,
        motivo=unidad.motivo,
        version=unidad.version,
        inscrita_en=_iso_o_nada(unidad.inscrita_en),
        creado_en=iso(unidad.creado_en),
        actualizado_en=iso(unidad.actualizado_en),
    )


def _de_columna(campo: str, valor: Any) -> str | None:
    if valor is None:
        return None
    return str(Decimal(valor).quantize(_MICROGRADO)) if campo in ("latitud", "longitud") else str(valor)


def _mandato_como_datos(mandato: Mandato) -> dict[str, Any]:
    return {
        "apoderado_persona": _texto(mandato.apoderado_persona_id),
        "apoderado_unidad": _texto(mandato.apoderado_unidad_id),
        "facultades": list(mandato.facultades),
        "monto_limite": None if mandato.monto_limite is None else a_centavos(mandato.monto_limite),
        "valido_desde": iso(mandato.valido_desde),
        "valido_hasta": _iso_o_nada(mandato.valido_hasta),
        "firmas_requeridas": mandato.firmas_requeridas,
        "grupo_firma": _texto(mandato.grupo_firma),
        "subdelegable": mandato.subdelegable,
        "delegado_de": _texto(mandato.delegado_de),
        "documento": mandato.documento,
        "creado_en": iso(mandato.creado_en),
        "revocado_en": _iso_o_nada(mandato.revocado_en),
        "revocado_motivo": mandato.revocado_motivo,
    }
