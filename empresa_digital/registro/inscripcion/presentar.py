"""From the rows of a unit to what the API shows."""

from dataclasses import fields

from fastapi import Response
from sqlmodel import Session

from empresa_digital.registro.habilitaciones import (
    EstadoHabilitacion,
    habilitacion_publica,
    habilitaciones_de,
)
from empresa_digital.registro.identificadores import identificadores_de
from empresa_digital.registro.inscripcion.esquemas import UnidadSalida
from empresa_digital.registro.unidades import Unidad, actividades_de, resumenes
from nucleo.etag import etag


def unidad_completa(sesion: Session, unidad: Unidad, *, interno: bool) -> UnidadSalida:
    """Everything about a unit; reasons and pending requests only for those of the house."""
    (resumen,) = resumenes(sesion, [unidad])
    visibles = (EstadoHabilitacion.OTORGADA, EstadoHabilitacion.SUSPENDIDA)
    iguales = {f.name: getattr(unidad, f.name) for f in fields(unidad) if f.name in UnidadSalida.model_fields}
    propios = {
        "lugar": resumen.lugar,
        "actividades": [a.codigo for a in actividades_de(sesion, unidad.id)],
        "identificadores": identificadores_de(sesion, unidad.id),
        "habilitaciones": [
            habilitacion_publica(h, interno=interno)
            for h in habilitaciones_de(sesion, unidad.id)
            if interno or h.estado in visibles
        ],
        "motivo": unidad.motivo if interno else None,
    }
    return UnidadSalida.model_validate(iguales | propios)


def responder(sesion: Session, respuesta: Response, unidad: Unidad, *, interno: bool = True) -> UnidadSalida:
    """The whole unit, with the ETag of its version."""
    respuesta.headers["ETag"] = etag(unidad.version)
    return unidad_completa(sesion, unidad, interno=interno)
