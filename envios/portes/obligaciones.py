"""The postage of a unit that wants to close: held from its account, or still to be answered."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from envios.portes.estados import EstadoExcedente, EstadoPorte
from envios.portes.modelos import Excedente, Porte
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _
from pagos import cuentas_de_unidades


@obligacion("envios.portes")
def franqueos(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    cuentas = [c.id for c in cuentas_de_unidades(sesion, [unidad_id])]
    vivos = (
        select(func.count())
        .select_from(Porte)
        .outerjoin(Excedente, col(Excedente.porte_id) == col(Porte.id))
        .where(
            or_(col(Porte.cuenta).in_(cuentas), col(Porte.cuenta_operador).in_(cuentas)),
            or_(
                col(Porte.estado) == EstadoPorte.RETENIDO,
                col(Excedente.estado) == EstadoExcedente.POR_CONSENTIR,
            ),
        )
    )
    cuantos = sesion.exec(vivos).one()
    texto = _("Espere a que termine el franqueo de sus envíos, o anúlelos.")
    return [Obligacion(texto, "/envios", cuantos)] if cuantos else []
