"""From rows of units to what the API shows."""

from collections.abc import Sequence

from sqlmodel import Session

from empresa_digital.registro.catalogos import lugares
from empresa_digital.registro.unidades.esquemas import UnidadResumen
from empresa_digital.registro.unidades.valores import Unidad


def resumenes(sesion: Session, unidades: Sequence[Unidad]) -> list[UnidadResumen]:
    donde = lugares(sesion, (u.municipio_ine for u in unidades))
    return [
        UnidadResumen(
            id=u.id,
            numero=u.numero,
            tipo=u.tipo,
            estado=u.estado,
            denominacion=u.denominacion,
            nombre_comercial=u.nombre_comercial,
            municipio_ine=u.municipio_ine,
            lugar=donde.get(u.municipio_ine or "", ""),
            actividad_ciiu=u.actividad_ciiu,
            inscrita_en=u.inscrita_en,
        )
        for u in unidades
    ]
