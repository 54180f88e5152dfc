"""What cards still do in the accounts of a unit that wants to close: charges under way, disputes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _
from pagos.libro import cuentas_de_unidades
from pagos.tarjetas.estados import ABIERTOS, EstadoDisputa
from pagos.tarjetas.modelos import Disputa, Intento


@obligacion("pagos.tarjetas")
def cobros_con_tarjeta(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    suyas = [cuenta.id for cuenta in cuentas_de_unidades(sesion, [unidad_id])]
    abiertos = (
        select(func.count())
        .select_from(Intento)
        .where(col(Intento.destino).in_(suyas), col(Intento.estado).in_(ABIERTOS))
    )
    disputas = (
        select(func.count())
        .select_from(Disputa)
        .join(Intento, col(Intento.id) == col(Disputa.intento_id))
        .where(col(Intento.destino).in_(suyas), col(Disputa.estado) == EstadoDisputa.ABIERTA)
    )
    vivas: list[Obligacion] = []
    if cuantos := sesion.exec(abiertos).one():
        vivas.append(Obligacion(_("Espere a que terminen los pagos con tarjeta."), "/billetera", cuantos))
    if cuantas := sesion.exec(disputas).one():
        vivas.append(Obligacion(_("Espere a que el banco decida las disputas."), "/billetera", cuantas))
    return vivas
