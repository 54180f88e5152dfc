"""What a unit that wants to close owes as a postal operator, or is still to be paid."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from empresa_digital.registro import buscar_partes
from envios.deudas.estados import EstadoDeuda
from envios.deudas.modelos import Deuda
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _


@obligacion("envios.deudas")
def deudas(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    partes = buscar_partes(sesion, unidades=[unidad_id])
    vivas = (
        select(func.count())
        .select_from(Deuda)
        .where(
            col(Deuda.estado) == EstadoDeuda.PENDIENTE,
            or_(col(Deuda.operador_unidad_id) == unidad_id, col(Deuda.acreedor_parte_id).in_(partes)),
        )
    )
    cuantas = sesion.exec(vivas).one()
    texto = _("Pague lo que debe por sus envíos, o espere a que le paguen.")
    return [Obligacion(texto, "/envios", cuantas)] if cuantas else []
