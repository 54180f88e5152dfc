"""What a unit that wants to close owes of what it ordered, or is owed of what it sold."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.compra.modelos import Pedido
from comercio.comprometidos.paginas import PAGINA_DE_QUIEN_VENDE, pagina_de_la_entidad
from comercio.custodia import EstadoCompromiso
from comercio.custodia.modelos import Compromiso
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _


@obligacion("comercio.comprometidos")
def adeudados(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    """Also what an entity says that it paid, until who sells answers."""
    estado = col(Compromiso.estado)
    debidos = (
        select(func.count())
        .select_from(Compromiso)
        .join(Pedido, col(Pedido.id) == col(Compromiso.pedido_id))
        .where(estado.in_((EstadoCompromiso.ADEUDADO, EstadoCompromiso.DICHO)))
    )
    de_ella = debidos.where(col(Compromiso.entidad_id) == unidad_id)
    debe = sesion.exec(de_ella.where(estado == EstadoCompromiso.ADEUDADO)).one()
    dijo = sesion.exec(de_ella.where(estado == EstadoCompromiso.DICHO)).one()
    le_deben = sesion.exec(debidos.where(col(Pedido.vendedor_id) == unidad_id)).one()
    suyas = pagina_de_la_entidad(unidad_id)
    todas = (
        Obligacion(_("Pague lo que la entidad debe de sus pedidos."), suyas, debe),
        Obligacion(_("Espere a que quien vende diga si llegó lo que la entidad dice que pagó."), suyas, dijo),
        Obligacion(
            _("Espere lo que le deben las entidades públicas: lo que paguen llega a la cuenta de la unidad."),
            f"{PAGINA_DE_QUIEN_VENDE}?unidad={unidad_id}",
            le_deben,
        ),
    )
    return [o for o in todas if o.cuantas]
