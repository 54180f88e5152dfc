"""Alerts of one product: its price falls, or it can be had again."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import and_, or_, select
from sqlmodel import Session, col
from sqlmodel import select as elegir

from alertas import (
    Busqueda,
    Emparejador,
    Hallazgo,
    Objeto,
    emparejar,
    enlace_para_avisarme,
    registrar_emparejador,
)
from comercio.busqueda.alertas import a_ese_precio, emparejar_publicado
from comercio.busqueda.condiciones import A_LA_VENTA
from comercio.busqueda.modelos import Novedad, tabla_novedad
from comercio.catalogo.modelos import tabla_producto as p
from nucleo.dinero import Dinero, a_centavos, formato_bs
from nucleo.reloj import ahora_bd
from nucleo.tareas import pendientes
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

CODIGO = "comercio.un_producto"


class Que(StrEnum):
    """What happens to a product that somebody may wait for."""

    BAJO = "bajo"
    HAY = "hay"


class Criterios(BaseModel):
    """Of one product, either that it is had again or that it costs no more than `hasta`."""

    model_config = ConfigDict(extra="forbid")

    producto_id: UUID
    que: Que
    hasta: Dinero | None = None


def _busqueda(_sesion: Session, criterios: Criterios) -> Busqueda:
    termino = f"{criterios.que}:{criterios.producto_id}"
    return Busqueda([termino], hasta=None if criterios.hasta is None else a_centavos(criterios.hasta))


def emparejar_novedad(sesion: Session, novedad_id: UUID) -> bool:
    """Note it for who waits for it; a price that fell may also be within the bounds of a saved search."""
    novedad = sesion.get_one(Novedad, novedad_id)
    objeto = Objeto([f"{novedad.que}:{novedad.producto_id}"], a_centavos(novedad.precio))
    emparejar(sesion, CODIGO, novedad.id, objeto)
    if novedad.que == Que.BAJO:
        emparejar_publicado(sesion, novedad.producto_id)
    novedad.emparejada_en = ahora_bd(sesion)
    return True


def por_emparejar() -> list[UUID]:
    """The news that nobody was told of yet, oldest first."""
    consulta = elegir(Novedad.id).where(col(Novedad.emparejada_en).is_(None))
    return pendientes(consulta.order_by(col(Novedad.ocurrio_en), col(Novedad.id)))


def _mostrar(sesion: Session, ids: Sequence[UUID]) -> Mapping[UUID, Hallazgo]:
    """Those that are still so."""
    n = tabla_novedad
    sigue = or_(
        and_(n.c.que == str(Que.HAY), p.c.disponible > 0),
        and_(n.c.que == str(Que.BAJO), p.c.rebajado <= n.c.precio),
    )
    columnas = (n.c.id, n.c.que, p.c.id.label("producto_id"), p.c.titulo, p.c.rebajado, p.c.vendedor_nombre)
    consulta = select(*columnas).join(p, p.c.id == n.c.producto_id).where(n.c.id.in_(ids), A_LA_VENTA, sigue)
    dichos = {Que.HAY: _("Otra vez disponible: %(precio)s"), Que.BAJO: _("Bajó a %(precio)s")}
    return {
        fila.id: Hallazgo(
            fila.titulo,
            f"{dichos[Que(fila.que)] % {'precio': formato_bs(fila.rebajado)}} · {fila.vendedor_nombre}",
            f"/productos/{fila.producto_id}",
            a_ese_precio(fila.rebajado) if fila.que == Que.BAJO else str(Que.HAY),
        )
        for fila in sesion.execute(consulta)
    }


def _en_palabras(sesion: Session, criterios: Criterios) -> str:
    de_el = select(p.c.titulo).where(p.c.id == criterios.producto_id, A_LA_VENTA)
    partes = [sesion.execute(de_el).scalar_one_or_none() or _("Un producto que no está a la venta")]
    partes.append(_("cuando haya otra vez") if criterios.que == Que.HAY else _("cuando baje de precio"))
    if criterios.hasta is not None:
        partes.append(_("hasta %(monto)s") % {"monto": formato_bs(criterios.hasta)})
    return ", ".join(partes)


def enlace_de_novedades(producto_id: UUID, *, se_vende: bool) -> str:
    """Where who looks at a product asks to be told: of a lower price, or of it coming back."""
    que = Que.BAJO if se_vende else Que.HAY
    return enlace_para_avisarme(CODIGO, Criterios(producto_id=producto_id, que=que))


registrar_emparejador(
    Emparejador(
        CODIGO,
        _l("De un producto"),
        Criterios,
        _busqueda,
        _en_palabras,
        lambda criterios: f"/productos/{criterios.producto_id}",
        _mostrar,
    )
)
