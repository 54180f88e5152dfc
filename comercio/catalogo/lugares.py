"""What there is of a variant in each place of dispatch of its seller."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import and_, func
from sqlmodel import Session, col, or_, select

from comercio.catalogo.bloqueos import bloquear_lugar
from comercio.catalogo.errores import LugarCerrado, LugarNoEncontrado
from comercio.catalogo.modelos import Existencia, LugarDeDespacho, Variante
from comercio.catalogo.variantes import abrir_existencia
from nucleo.actor import Autorizacion
from nucleo.textos import gettext as _

NADA = Decimal(0)


@dataclass(frozen=True, slots=True)
class EnUnLugar:
    """So much of a variant in a place, and so much of it sold and waiting."""

    lugar: LugarDeDespacho
    existencia_id: UUID | None
    existencia: Decimal
    reservado: Decimal


def existencias_por_lugar(sesion: Session, vendedor_id: UUID, variante_id: UUID) -> list[EnUnLugar]:
    """In each open place and in each one where it was, the principal first; one query."""
    suya = and_(
        col(Existencia.lugar_id) == col(LugarDeDespacho.id), col(Existencia.variante_id) == variante_id
    )
    consulta = (
        select(LugarDeDespacho, Existencia)
        .outerjoin(Existencia, suya)
        .where(
            col(LugarDeDespacho.vendedor_id) == vendedor_id,
            or_(col(LugarDeDespacho.cerrado_en).is_(None), col(Existencia.id).is_not(None)),
        )
        .order_by(col(LugarDeDespacho.principal).desc(), col(LugarDeDespacho.nombre))
    )
    return [
        EnUnLugar(lugar, e.id, e.existencia, e.reservado) if e else EnUnLugar(lugar, None, NADA, NADA)
        for lugar, e in sesion.exec(consulta.execution_options(populate_existing=True))
    ]


def existencia_en(
    sesion: Session, quien: Autorizacion, variante: Variante, lugar_id: UUID, *, entra: bool
) -> Existencia:
    """Its stock in a place, which is locked; opened with nothing where it never was. The ficha is locked.

    Raises `LugarNoEncontrado`, `LugarCerrado` of one where nothing comes in any more.
    """
    lugar = bloquear_lugar(sesion, lugar_id)
    if lugar.vendedor_id != variante.vendedor_id:
        raise LugarNoEncontrado()
    if entra and not lugar.abierto:
        texto = _("«%(lugar)s» está cerrado: elija otro.") % {"lugar": lugar.nombre}
        raise LugarCerrado(texto, campos={"lugar_id": texto, "hasta_id": texto})
    consulta = select(Existencia).where(
        Existencia.variante_id == variante.id, Existencia.lugar_id == lugar.id
    )
    existencia = sesion.exec(consulta.execution_options(populate_existing=True)).first()
    return existencia or abrir_existencia(sesion, quien, variante, lugar, NADA)


def hay_en_otros(sesion: Session, existencia: Existencia) -> bool:
    """Whether there is some of the same variant in another place."""
    consulta = (
        select(func.count())
        .select_from(Existencia)
        .where(
            col(Existencia.variante_id) == existencia.variante_id,
            col(Existencia.id) != existencia.id,
            col(Existencia.existencia) > 0,
        )
    )
    return sesion.exec(consulta).one() > 0
