"""Reads of what goes back to who sold: how it came, how it may return, and whether it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra.modelos import Pedido
from comercio.pedidos import NADA, entregados_con
from comercio.reclamos.consultas import reclamadas
from comercio.reclamos.estados import EstadoCambio, EstadoReclamo
from comercio.reclamos.modelos import Cambio, Reclamo
from empresa_digital.registro import unidad_por_id
from envios import Envio, EstadoEnvio, devolucion_de, envio_por_id

NO_LLEGA = (EstadoEnvio.SIN_NOTICIAS, EstadoEnvio.DEVUELTO, EstadoEnvio.ANULADO)


@dataclass(frozen=True, slots=True)
class Camino:
    """`vino_en`: the shipments in which what a claim is of was delivered; none, from hand to hand. `vuelta`:
    the one by which it goes back, announced or further. `por_mandar`: the one whose return who bought may
    announce."""

    vino_en: Sequence[UUID]
    vuelta: Envio | None
    por_mandar: UUID | None

    @property
    def ya_viaja(self) -> bool:
        """Whether the post has it, heard or not."""
        return self.vuelta is not None and self.vuelta.estado is not EstadoEnvio.ANUNCIADO


def camino_de(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> Camino:
    """A return that is of another claim, or did not arrive, is none; there is one of each shipment."""
    vino = vino_en(sesion, reclamo, pedido)
    if reclamo.vuelta_id is not None:
        return Camino(vino, envio_por_id(sesion, reclamo.vuelta_id), None)
    anunciadas = {id: devolucion_de(sesion, id) for id in vino}
    for vuelta in anunciadas.values():
        if vuelta is not None and vuelta.estado not in NO_LLEGA and not de_otro(sesion, reclamo, vuelta):
            return Camino(vino, vuelta, None)
    tienda = unidad_por_id(sesion, pedido.vendedor_id)
    con_lugar = bool(tienda.municipio_ine and tienda.direccion)
    libres = [id for id, vuelta in anunciadas.items() if vuelta is None]
    return Camino(vino, None, libres[0] if con_lugar and libres else None)


def vino_en(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> list[UUID]:
    """The shipments delivered with what a claim is of: its parcels, or what was sent in their place."""
    cuales = {fila.id for fila, _n in reclamadas(sesion, reclamo.id)}
    de_cambios = (
        select(Cambio.envio_id, Cambio.linea_id)
        .join(Reclamo, col(Reclamo.id) == col(Cambio.reclamo_id))
        .where(col(Reclamo.pedido_id) == pedido.id, col(Cambio.estado) == EstadoCambio.ENTREGADO)
        .order_by(col(Cambio.apartado_en).desc())
    )
    for envio_id, linea_id in sesion.exec(de_cambios):
        if envio_id is not None and cuales == {linea_id}:
            return [envio_id]  # the last one is what they have
    return entregados_con(sesion, pedido.id, cuales)


def de_otro(sesion: Session, reclamo: Reclamo, vuelta: Envio) -> bool:
    """Whether a return is what another claim waited for."""
    suyo = select(Reclamo.id).where(col(Reclamo.vuelta_id) == vuelta.id, col(Reclamo.id) != reclamo.id)
    return sesion.exec(suyo).first() is not None


def lo_que_volvio(sesion: Session, pedido_id: UUID) -> dict[UUID, Decimal]:
    """How much of each line of an order is with who sold again, and nobody decided what it is worth: its
    claim ended because a bank took the money."""
    terminados = sesion.exec(
        select(Reclamo.id, Reclamo.vuelta_id).where(
            Reclamo.pedido_id == pedido_id,
            Reclamo.estado == EstadoReclamo.SIN_OBJETO,
            col(Reclamo.vuelta_id).is_not(None),
        )
    ).all()
    volvio: dict[UUID, Decimal] = {}
    for reclamo_id, vuelta_id in terminados:
        assert vuelta_id is not None
        if envio_por_id(sesion, vuelta_id).estado is EstadoEnvio.ENTREGADO:
            for fila, cantidad in reclamadas(sesion, reclamo_id):
                volvio[fila.id] = volvio.get(fila.id, NADA) + cantidad
    return volvio
