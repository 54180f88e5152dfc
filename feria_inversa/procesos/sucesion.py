"""The process that follows another: what was deserted is called again (C + 1), what was annulled is
published again (P + 1); what was cancelled, never. Each item is called again once.

A process is of the one that it follows since its draft. Locks: who follows, then the one that it follows.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from feria_inversa.entidades import Cuce, CuceInvalido, CuceNoCorresponde, una_serie
from feria_inversa.procesos.bloqueos import bloquear
from feria_inversa.procesos.consultas import items_de
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.estados import Cierre, Estado, EstadoItem
from feria_inversa.procesos.modelos import Convocatoria, Item, VueltoALlamar
from feria_inversa.procesos.reloj import exigir_plazo_de_impugnacion
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


def anterior_de(sesion: Session, convocatoria: Convocatoria) -> Convocatoria | None:
    """The process that one follows."""
    anterior_id = convocatoria.convocatoria_anterior_id
    return None if anterior_id is None else sesion.get_one(Convocatoria, anterior_id)


def siguientes_de(sesion: Session, convocatoria_id: UUID, *, borradores: bool = False) -> list[Convocatoria]:
    """Those that follow a process, in the order in which they were begun; drafts are for its entity."""
    consulta = select(Convocatoria).where(Convocatoria.convocatoria_anterior_id == convocatoria_id)
    if not borradores:
        consulta = consulta.where(Convocatoria.estado != Estado.BORRADOR)
    return list(sesion.exec(consulta.order_by(col(Convocatoria.creado_en), col(Convocatoria.id))))


def por_llamar(sesion: Session, convocatoria: Convocatoria) -> list[Item]:
    """What may be called again: the deserted items of a resolved process, all those of an annulled one; none
    of a process without a call or cancelled, nor what was called again already.
    """
    if convocatoria.vence_en is None or convocatoria.estado not in {Estado.RESUELTO, Estado.CANCELADO}:
        return []
    if convocatoria.cierre == Cierre.CANCELA:
        return []
    items = items_de(sesion, convocatoria.id)
    if convocatoria.estado == Estado.RESUELTO:
        items = [item for item in items if item.estado == EstadoItem.DESIERTO]
    vueltos = select(VueltoALlamar.item_id).where(VueltoALlamar.convocatoria_id == convocatoria.id)
    ya = set(sesion.exec(vueltos))
    return [item for item in items if item.id not in ya]


def vueltos_a_publicar(sesion: Session, convocatoria_id: UUID) -> set[UUID]:
    """The items of a process that others ask for publicly: what was decided of them stays."""
    consulta = (
        select(VueltoALlamar.item_id)
        .join(Convocatoria, col(Convocatoria.id) == VueltoALlamar.siguiente_id)
        .where(VueltoALlamar.convocatoria_id == convocatoria_id, Convocatoria.estado != Estado.BORRADOR)
    )
    return set(sesion.exec(consulta))


def exigir_que_siga(sesion: Session, convocatoria: Convocatoria) -> Convocatoria | None:
    """The locked process that a locked draft follows, if it still may. Raises `EstadoNoPermite`, and
    `PlazoDeImpugnacion` while somebody may contest that it was deserted.
    """
    if convocatoria.convocatoria_anterior_id is None:
        return None
    anterior = bloquear(sesion, convocatoria.convocatoria_anterior_id)
    if anterior.cierre == Cierre.CANCELA:
        raise EstadoNoPermite(
            _("El proceso {} se canceló y no se vuelve a convocar: elimine este borrador.").format(
                anterior.cuce
            )
        )
    if anterior.estado == Estado.CANCELADO:
        return anterior
    vueltos = select(Item.numero, Item.estado).join(VueltoALlamar, col(VueltoALlamar.item_id) == Item.id)
    suyos = vueltos.where(VueltoALlamar.siguiente_id == convocatoria.id).order_by(col(Item.numero))
    if decididos := [str(numero) for numero, estado in sesion.exec(suyos) if estado != EstadoItem.DESIERTO]:
        plantilla = ngettext(
            "El ítem {} ya no está desierto en el proceso {}: elimine este borrador y empiece otro.",
            "Los ítems {} ya no están desiertos en el proceso {}: elimine este borrador y empiece otro.",
            len(decididos),
        )
        raise EstadoNoPermite(plantilla.format(", ".join(decididos), anterior.cuce))
    if anterior.estado != Estado.RESUELTO:
        raise EstadoNoPermite(
            _("Espere: en el proceso {} se está decidiendo otra vez.").format(anterior.cuce)
        )
    exigir_plazo_de_impugnacion(sesion, anterior, ahora_bd(sesion))
    return anterior


def cuce_que_sigue(
    sesion: Session, anterior: Convocatoria, ejecutora: str | None = None, dado: Cuce | None = None
) -> Cuce:
    """The code after that of a locked process: of its serial, executing unit and year of budget; or the one
    given, if it is such a code. Raises `CuceNoCorresponde`.
    """
    assert anterior.cuce is not None
    viejo = Cuce.leer(anterior.cuce)
    una_serie(sesion, viejo)
    if ejecutora not in (None, viejo.unidad):
        detalle = _("Sigue al proceso {}: es de su misma unidad ejecutora.").format(viejo)
        raise CuceNoCorresponde(detalle, campos={"ejecutora": detalle})
    if dado is not None:
        if not dado.sigue_a(viejo):
            detalle = _("Sigue al proceso {}: su CUCE tiene la misma serie, y un llamado posterior.")
            detalle = detalle.format(viejo)
            raise CuceNoCorresponde(detalle, campos={"cuce": detalle})
        return dado
    paso = Cuce.siguiente_convocatoria if anterior.estado == Estado.RESUELTO else Cuce.siguiente_publicacion
    try:
        nuevo = paso(viejo)
        while sesion.exec(select(Convocatoria.id).where(Convocatoria.cuce == str(nuevo))).first() is not None:
            nuevo = paso(nuevo)
    except CuceInvalido as error:
        raise CuceNoCorresponde(_("El CUCE {} no admite más llamados.").format(viejo)) from error
    return nuevo


def relacion(anterior: Convocatoria, siguiente: Convocatoria) -> str:
    """`convocatoria` (after desierta) or `publicacion` (after it was annulled): how the old one had ended
    when the new one was published, whatever its code is.
    """
    if anterior.cancelado_en is None:
        return "convocatoria"
    antes = siguiente.publicado_en is not None and siguiente.publicado_en < anterior.cancelado_en
    return "convocatoria" if antes else "publicacion"


def anotar_vueltos(sesion: Session, siguiente_id: UUID, items: Sequence[Item]) -> None:
    """That these items are called again in a draft, once each."""
    sesion.add_all(
        VueltoALlamar(item_id=item.id, convocatoria_id=item.convocatoria_id, siguiente_id=siguiente_id)
        for item in items
    )
    sesion.flush()
