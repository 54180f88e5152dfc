"""Who of an entity says that what it bought came well, by its own door or by that of the order: whom it named
or, where it named nobody, who may buy for it; and nobody who asked for the purchase or decided it.
"""

from uuid import UUID

from sqlmodel import Session

import comercio
from empresa_digital.registro import firmaron
from feria_inversa.compra_de_catalogo.consultas import compra_del_pedido
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo, Conformidad
from feria_inversa.papeles import RECIBIR_COMPRAS, Papel, SinPapel, exigir_papel, que_actuan
from nucleo.actor import Actor, Autorizacion
from nucleo.textos import gettext as _

APROBACION = "aprobacion_de_compra"
"""The joint act by which several decide one."""


def exigir_que_reciba(sesion: Session, actor: Actor, pedido_id: UUID) -> None:
    """Raises `SinPapel`; of an order that is of no purchase from the catalogue, nothing."""
    compra = compra_del_pedido(sesion, pedido_id)
    if compra is None:
        return
    decidieron = quienes_decidieron(sesion, compra)
    if actor.persona_id == compra.solicito_id:
        raise SinPapel(_("Usted la pidió: la recibe otra persona de la entidad."))
    if actor.persona_id in decidieron:
        raise SinPapel(_("Usted la decidió: la recibe otra persona de la entidad."))
    exigir_papel(sesion, actor, compra, RECIBIR_COMPRAS, salvo=decidieron | {compra.solicito_id})


def nombrados(sesion: Session, compra: CompraDeCatalogo) -> set[UUID]:
    """Whom the entity named to receive, and may receive this one."""
    reciben = {
        d.persona_id for d in que_actuan(sesion, compra.unidad_id, None) if d.papel == Papel.RECIBE_COMPRAS
    }
    return reciben - quienes_decidieron(sesion, compra) - {compra.solicito_id}


def quienes_decidieron(sesion: Session, compra: CompraDeCatalogo) -> set[UUID]:
    """Who decided it and, of what several signed, all of them."""
    solo = set() if compra.decidio_id is None else {compra.decidio_id}
    return solo | firmaron(sesion, compra.unidad_id, APROBACION, "compra_id", compra.id)


def anotar_conformidad(sesion: Session, autorizacion: Autorizacion, pedido_id: UUID) -> None:
    compra = compra_del_pedido(sesion, pedido_id)
    if compra is None:
        return
    actor = autorizacion.actor
    assert actor.persona_id is not None
    assert autorizacion.mandato_id is not None
    sesion.add(
        Conformidad(
            compra_id=compra.id,
            persona_id=actor.persona_id,
            quien=actor.nombre[:200],
            mandatos=list(autorizacion.cadena),
        )
    )
    sesion.flush()


comercio.registrar_receptor(
    "feria_inversa.compra_de_catalogo", comercio.Receptor(exigir_que_reciba, anotar_conformidad)
)
