"""Reads of orders: the buyer's, the seller's, one order as each may see it; a fixed number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session, col, select

from comercio.agenda import cita_de, propuesta_de
from comercio.agenda.modelos import Cita
from comercio.compra import (
    ABIERTOS,
    SIN_PAGO,
    VIDA_PEDIDO,
    ClaseDeCargo,
    Contacto,
    EstadoPedido,
    Paga,
    PedidoNoEncontrado,
    contacto_de,
    lo_suyo,
    representa_a,
    vencio_el_contacto,
)
from comercio.compra.modelos import Cargo, Compra, Pedido, PedidoLinea, PedidoPaso, PorteCotizado, Servicio
from comercio.custodia import (
    CompromisoDePedido,
    DineroDePedido,
    EstadoCustodia,
    compromiso_de,
    dinero_de,
)
from comercio.pedidos.conformes import exigir_que_reciba
from comercio.pedidos.estados import EstadoPaquete
from comercio.pedidos.lineas import LineaDePedido, lineas_del_pedido, paquetes_de, peso_de
from comercio.pedidos.modelos import Paquete
from empresa_digital.registro import (
    CON_LO_SUYO,
    EstadoUnidad,
    Facultad,
    Habilitacion,
    Parte,
    TipoUnidad,
    Unidad,
    buscar_unidades,
    con_habilitacion,
    partes_en_lote,
    tiene_facultad,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import cero, de_centavos
from nucleo.errores import Prohibido
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _
from pagos.tarjetas import EstadoDisputa, ReclamoDelBanco, hay_pago, reclamos_del_banco


@dataclass(frozen=True, slots=True)
class DetallePedido:
    """An order with its parts. `es_comprador` and `es_vendedor` say what the reader is to it; `no_actua`, in
    words, why who sees it as who bought it does nothing about it nor is told its code: empty when they may.
    `no_conforma`: why they do not say that what came is well.
    """

    pedido: Pedido
    compra: Compra
    contacto: Contacto
    """How to reach who receives it; to who sells it is told while they need it."""
    comprador: Parte
    estado_de_lineas: Sequence[LineaDePedido]
    cargos: Sequence[Cargo]
    dinero: DineroDePedido
    paquetes: Sequence[Paquete]
    compromiso: CompromisoDePedido | None
    servicio: Servicio | None
    cita: Cita | None
    propuesta: Cita | None
    pasos: Sequence[PedidoPaso]
    porte: PorteCotizado | None
    con_tarjeta: bool
    """A card paid for it: what comes back of it goes there."""
    banco: ReclamoDelBanco | None
    es_comprador: bool
    es_vendedor: bool
    no_actua: str
    no_conforma: str

    @property
    def lineas(self) -> Sequence[PedidoLinea]:
        return [x.fila for x in self.estado_de_lineas]

    @property
    def cancelado(self) -> Money:
        """What of its total was cancelled; with the last of it, the postage."""
        entero = self.pedido.estado == EstadoPedido.CANCELADO
        porte = self.dinero.porte_devuelto if entero else cero()
        return sum((x.fila.costo - x.importe_vivo for x in self.estado_de_lineas), porte)

    @property
    def peso_g(self) -> int:
        """What is left of it weighs."""
        return peso_de(self.estado_de_lineas, {x.fila.id: x.viva for x in self.estado_de_lineas})

    @property
    def comision(self) -> Cargo:
        return next(c for c in self.cargos if c.clase == ClaseDeCargo.COMISION)

    @property
    def del_total(self) -> Sequence[Cargo]:
        """What besides the lines, with their discounts, makes the total."""
        de_lineas = (ClaseDeCargo.BIENES, ClaseDeCargo.DESCUENTO)
        return [c for c in self.cargos if c.paga == Paga.COMPRADOR and c.clase not in de_lineas]

    @property
    def descuentos(self) -> Mapping[UUID, Sequence[Cargo]]:
        """What was taken off each line, charge by charge."""
        de_linea: dict[UUID, list[Cargo]] = {}
        for cargo in self.cargos:
            if cargo.clase == ClaseDeCargo.DESCUENTO and cargo.linea_id is not None:
                de_linea.setdefault(cargo.linea_id, []).append(cargo)
        return de_linea

    @property
    def neto(self) -> Money:
        """What the seller gets, or would if all that is held were paid today."""
        return self.dinero.para_el_vendedor

    @property
    def envio_numero(self) -> str | None:
        """Of its first parcel that was not annulled, if there is one."""
        vivos = [p for p in self.paquetes if p.estado != EstadoPaquete.ANULADO]
        return next((p.envio_numero for p in vivos or self.paquetes if p.envio_numero), None)

    @property
    def con_qr(self) -> bool:
        """Whoever read its code paid for it: what comes back of it goes to their account."""
        return _espero_su_pago(self.pasos) and not self.con_tarjeta

    @property
    def lo_tomo_el_banco(self) -> bool:
        """A card's bank gave back its payment, and so it ended."""
        perdido = self.banco is not None and self.banco.estado is EstadoDisputa.PERDIDA
        return perdido and self.pedido.estado == EstadoPedido.CANCELADO

    @property
    def el_banco_cambio(self) -> bool:
        """It gave back after all what it had taken of it, when it had ended."""
        return (
            self.banco is not None
            and self.banco.cambio
            and self.dinero.estado is EstadoCustodia.DEVUELTA
            and self.pedido.estado in VIDA_PEDIDO.fines
        )

    @property
    def se_entrego(self) -> bool:
        """Some of it was handed over."""
        return any(p.estado == EstadoPaquete.ENTREGADO for p in self.paquetes)

    @property
    def sin_rendir(self) -> bool:
        """It was handed over and paid at the door; who collected it has not put it in custody yet."""
        return self.se_entrego and self.dinero.por_cobrar > cero()

    def cuando(self, estado: EstadoPedido) -> datetime | None:
        return next((p.ocurrio_en for p in self.pasos if p.estado == estado), None)


@dataclass(frozen=True, slots=True)
class PedidoEnLista:
    pedido: Pedido
    titulo: str
    foto: UUID | None
    lineas: int
    envio_numero: str | None
    cancelado: Money
    reclamado: bool
    sin_rendir: bool

    @property
    def total(self) -> Money:
        """What is left of it; of one cancelled whole, what it was."""
        todo = self.pedido.total
        return todo if self.pedido.estado == EstadoPedido.CANCELADO else todo - self.cancelado


def _espero_su_pago(pasos: Sequence[PedidoPaso]) -> bool:
    return any(p.estado == EstadoPedido.POR_PAGAR for p in pasos)


def detalle_pedido(sesion: Session, actor: Actor, pedido_id: UUID) -> DetallePedido:
    """An order for who bought it or for whoever sells for the unit; for anybody else it does not exist, nor
    for anybody until it was paid."""
    pedido = sesion.get(Pedido, pedido_id)
    if pedido is None or pedido.estado in SIN_PAGO:
        raise PedidoNoEncontrado()
    suya = lo_suyo(sesion, actor, pedido.comprador_parte_id)
    es_vendedor = tiene_facultad(sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO)
    con_otros = suya is None and not es_vendedor
    if con_otros:
        suya = lo_suyo(sesion, actor, pedido.comprador_parte_id, con_otros=True)
    es_comprador = suya is not None
    if not (es_comprador or es_vendedor):
        raise PedidoNoEncontrado()
    consulta = select(PedidoPaso).where(PedidoPaso.pedido_id == pedido_id)
    pasos = sesion.exec(consulta.order_by(col(PedidoPaso.ocurrio_en), col(PedidoPaso.id))).all()
    con_tarjeta = _espero_su_pago(pasos) and hay_pago(sesion, pedido.compra_id)
    reclamos = reclamos_del_banco(sesion, pedido.compra_id) if con_tarjeta else []
    servicio, dinero = sesion.get(Servicio, pedido_id), dinero_de(sesion, pedido_id)
    se_cita = servicio is not None and servicio.agenda_id is not None
    compra = sesion.get_one(Compra, pedido.compra_id)
    return DetallePedido(
        pedido,
        compra,
        contacto_de(compra, vencido=not es_comprador and vencio_el_contacto(sesion, pedido, pasos)),
        partes_en_lote(sesion, [pedido.comprador_parte_id])[pedido.comprador_parte_id],
        lineas_del_pedido(sesion, pedido_id),
        sesion.exec(select(Cargo).where(Cargo.pedido_id == pedido_id).order_by(col(Cargo.id))).all(),
        dinero,
        paquetes_de(sesion, pedido_id),
        compromiso_de(sesion, pedido_id) if dinero.comprometido else None,
        servicio,
        cita_de(sesion, pedido_id) if se_cita else None,
        propuesta_de(sesion, pedido_id) if se_cita else None,
        pasos,
        sesion.get(PorteCotizado, pedido_id),
        con_tarjeta,
        reclamos[-1] if reclamos else None,
        es_comprador,
        es_vendedor,
        _por_que_no_actua(sesion, suya, pedido, dinero, con_otros=con_otros) if suya is not None else "",
        _por_que_no_conforma(sesion, suya, pedido) if suya is not None and dinero.comprometido else "",
    )


def _por_que_no_actua(
    sesion: Session, suya: Autorizacion, pedido: Pedido, dinero: DineroDePedido, *, con_otros: bool
) -> str:
    if con_otros:
        return _("Su mandato es conjunto: lo recibe, lo reclama o lo cancela quien compra por sí solo.")
    if dinero.comprometido and representa_a(sesion, suya.actor, pedido.vendedor_id):
        return _("Usted tiene un mandato de quien vende: lo recibe otra persona de la entidad.")
    return ""


def _por_que_no_conforma(sesion: Session, suya: Autorizacion, pedido: Pedido) -> str:
    try:
        exigir_que_reciba(sesion, suya.actor, pedido.id)
    except Prohibido as otra_persona:
        return otra_persona.detalle
    return ""


def detalle_propio(sesion: Session, actor: Actor, pedido_id: UUID) -> DetallePedido:
    """An order for its buyer alone. Raises `PedidoNoEncontrado`."""
    detalle = detalle_pedido(sesion, actor, pedido_id)
    if not detalle.es_comprador:
        raise PedidoNoEncontrado()
    return detalle


def operadores(sesion: Session) -> list[Unidad]:
    """The postal operators that may carry a parcel today."""
    unidades, _siguiente = buscar_unidades(
        sesion,
        tipo=TipoUnidad.OPERADOR_POSTAL,
        estados={EstadoUnidad.INSCRITA},
        pagina=CursorPedido(None, 20),
    )
    llevan = con_habilitacion(sesion, [u.id for u in unidades], Habilitacion.OPERADOR_POSTAL)
    return [u for u in unidades if u.id in llevan]


def pedidos_del_comprador(
    sesion: Session, partes: Collection[UUID], pagina: CursorPedido, *, abiertos: bool = False
) -> tuple[list[PedidoEnLista], str | None]:
    """What these parties bought, newest first; only what is still under way with `abiertos`."""
    suyos = (col(Pedido.comprador_parte_id).in_(partes), col(Pedido.estado).not_in(sorted(SIN_PAGO)))
    consulta = select(Pedido).where(*suyos)
    if abiertos:
        consulta = consulta.where(col(Pedido.estado).in_(sorted(ABIERTOS)))
    pedidos, siguiente = paginar(sesion, consulta, pagina, columnas=(Pedido.id,))
    return _con_lineas(sesion, pedidos), siguiente


def ventas_de(
    sesion: Session, unidad_id: UUID, pagina: CursorPedido, estados: Sequence[EstadoPedido] = ()
) -> tuple[list[PedidoEnLista], str | None]:
    """The orders of a unit, newest first, in the given states (any without them)."""
    vendidos = (col(Pedido.vendedor_id) == unidad_id, col(Pedido.estado).not_in(sorted(SIN_PAGO)))
    consulta = select(Pedido).where(*vendidos)
    if estados:
        consulta = consulta.where(col(Pedido.estado).in_([str(e) for e in estados]))
    pedidos, siguiente = paginar(sesion, consulta, pagina, columnas=(Pedido.id,))
    return _con_lineas(sesion, pedidos), siguiente


def _con_lineas(sesion: Session, pedidos: list[Pedido]) -> list[PedidoEnLista]:
    """Each order with its first line, what was cancelled and whether its money is held by a claim, in one
    query for all."""
    if not pedidos:
        return []
    filas = sesion.connection().execute(_PARTES, {"ids": [p.id for p in pedidos]})
    partes = {f.pedido_id: f for f in filas}
    return [
        PedidoEnLista(
            pedido=p,
            titulo=f.titulo,
            foto=f.foto,
            lineas=f.lineas,
            envio_numero=f.envio_numero,
            cancelado=de_centavos(int(f.cancelado)),
            reclamado=f.reclamado,
            sin_rendir=f.sin_rendir,
        )
        for p in pedidos
        for f in [partes[p.id]]
    ]


_PARTES = text(
    """
    SELECT DISTINCT ON (pedido_id) pedido_id, titulo, foto,
           count(*) OVER w AS lineas,
           (SELECT q.envio_numero FROM comercio_paquete q WHERE q.pedido_id = l.pedido_id
            ORDER BY q.estado = 'anulado', q.numero LIMIT 1) AS envio_numero,
           (SELECT coalesce(sum(round((x.importe - x.descuento) * c.n / x.cantidad)), 0)
            FROM comercio_pedido_linea x
            JOIN (SELECT linea_id, sum(cantidad) AS n FROM comercio_pedido_cancelacion
                  WHERE pedido_id = l.pedido_id GROUP BY 1) c ON c.linea_id = x.id) AS cancelado,
           EXISTS (SELECT FROM comercio_custodia k
                   WHERE k.pedido_id = l.pedido_id AND k.estado = 'congelada') AS reclamado,
           EXISTS (SELECT FROM comercio_custodia k JOIN comercio_paquete q ON q.pedido_id = k.pedido_id
                   WHERE k.pedido_id = l.pedido_id AND k.estado = 'por_cobrar'
                     AND q.estado = 'entregado') AS sin_rendir
    FROM comercio_pedido_linea l WHERE pedido_id = ANY(CAST(:ids AS uuid[]))
    WINDOW w AS (PARTITION BY pedido_id) ORDER BY pedido_id, id
    """
)
