"""What others know of the money of an order: frozen values, never the row."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from comercio.custodia.compromiso import TONOS_DE_COMPROMISO, EstadoCompromiso, Garantia, SePagaCon
from comercio.custodia.estados import TONOS, EstadoCustodia
from comercio.custodia.modelos import Compromiso, Custodia
from nucleo.dinero import cero
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

_C = EstadoCustodia
_COMPROMETIDO = {
    _C.RETENIDA: _l("Presupuesto comprometido"),
    _C.POR_LIBERAR: _l("Comprometido: se paga al recibir conforme"),
    _C.CONGELADA: _l("Detenido por un reclamo"),
    _C.LIBERADA: _l("Pagado a quien vende"),
    _C.DEVUELTA: _l("Volvió al presupuesto de la entidad"),
    _C.EJECUTADA: _l("Presupuesto ejecutado"),
}


@dataclass(frozen=True, slots=True)
class DineroDePedido:
    """The money of an order as it was when asked. `queda` is held; `para_el_vendedor` is what of it would be
    the seller's once freed, without the commission, and `al_vendedor` what the ledger has moved to them.
    `porte` is what of its postage was not given back; `contra_entrega`, that it is paid at the door;
    `banco_desde`, since when a card's bank claims it. Of a commitment (`garantia`) all of it is budget, and
    no money until it is paid; `ejecutado` is what of it was spent."""

    pedido_id: UUID
    estado: EstadoCustodia
    monto: Money
    queda: Money
    porte: Money
    devuelto: Money
    porte_devuelto: Money
    comision: Money
    para_el_vendedor: Money
    al_vendedor: Money
    liberar_en: datetime | None
    banco_desde: datetime | None
    terminada_en: datetime | None
    contra_entrega: bool
    garantia: Garantia
    ejecutado: Money

    @property
    def por_cobrar(self) -> Money:
        """What is still to be paid at the door."""
        return self.monto if self.estado is EstadoCustodia.POR_COBRAR else cero()

    @property
    def comprometido(self) -> bool:
        """It holds a commitment of a public entity's budget."""
        return self.garantia is Garantia.COMPROMISO

    @property
    def por_reclamo(self) -> bool:
        """Whether it is held by a claim of who bought, and no bank's."""
        return self.estado is EstadoCustodia.CONGELADA and self.banco_desde is None

    @property
    def texto(self) -> str:
        """Its state in words, of money or of a commitment."""
        return str(_COMPROMETIDO[self.estado]) if self.comprometido else self.estado.texto

    @property
    def tono(self) -> str:
        return TONOS[self.estado]

    @classmethod
    def de(cls, fila: Custodia) -> "DineroDePedido":
        return cls(
            pedido_id=fila.pedido_id,
            estado=EstadoCustodia(fila.estado),
            monto=fila.monto,
            queda=fila.queda,
            porte=fila.porte - fila.porte_devuelto,
            devuelto=fila.devuelto,
            porte_devuelto=fila.porte_devuelto,
            comision=fila.comision_debida,
            para_el_vendedor=fila.monto - fila.devuelto - fila.comision_debida,
            al_vendedor=fila.al_vendedor,
            liberar_en=fila.liberar_en if fila.estado == EstadoCustodia.POR_LIBERAR else None,
            banco_desde=fila.banco_desde if fila.estado == EstadoCustodia.CONGELADA else None,
            terminada_en=fila.terminada_en,
            contra_entrega=fila.contra_entrega,
            garantia=Garantia(fila.garantia),
            ejecutado=fila.ejecutado,
        )


def dinero_de(sesion: Session, pedido_id: UUID) -> DineroDePedido:
    return DineroDePedido.de(sesion.get_one(Custodia, pedido_id))


def recibido_conforme(sesion: Session, pedido_id: UUID) -> bool:
    """Whether a public entity received it conform, said so or by its term: nothing of that is freed, however
    late it is paid."""
    fila = sesion.get_one(Custodia, pedido_id)
    if fila.garantia != Garantia.COMPROMISO or fila.liberar_en is None:
        return False
    return fila.liberar_en <= ahora_bd(sesion)


def dineros_de(sesion: Session, pedidos: Collection[UUID]) -> dict[UUID, DineroDePedido]:
    filas = sesion.exec(select(Custodia).where(col(Custodia.pedido_id).in_(pedidos)))
    return {fila.pedido_id: DineroDePedido.de(fila) for fila in filas}


@dataclass(frozen=True, slots=True)
class CompromisoDePedido:
    """What a public entity committed for an order, and how its payment stands. `por_pagar`: it is due since
    `dias_de_mora` days; `tarde`: so long that whoever should know is told, or owed; `adeudado`: what it owes,
    when nobody paid in the term; `por_silencio`: who sells said nothing of what it says that it paid outside,
    and may still say, until `desmentir_hasta`, that it did not come; `se_corrige`: its entity may still write
    another C-31 in the place of the one that it said. `se_paga_con`: the entity's account, or a C-31;
    `que_hacer`, how its people pay it when it is due."""

    pedido_id: UUID
    entidad_id: UUID
    certificado_id: UUID
    certificacion: str
    estado: EstadoCompromiso
    por_pagar: bool
    dias_de_mora: int
    tarde: bool
    adeudado: Money
    comprobante: str
    comprobante_fecha: date | None
    responder_hasta: datetime | None
    por_silencio: bool
    desmentir_hasta: datetime | None
    se_corrige: bool
    se_paga_con: SePagaCon
    falla: str | None

    @property
    def que_hacer(self) -> str:
        """In words, by why it was not paid."""
        if self.se_paga_con is SePagaCon.C31:
            return _("La paga tesorería: anote el C-31 con que se pagó.")
        if self.falla in (None, "fondos_insuficientes"):
            return _("Ponga el dinero en la cuenta de la entidad, o anote el C-31 con que se pagó.")
        if self.falla in ("cuenta_debito_congelada", "cuenta_debito_cerrada"):
            return _("La cuenta de la entidad está detenida: páguelo por tesorería y anote el C-31.")
        return _("La cuenta de la entidad no dejó pagarlo: vea sus límites, o anote el C-31 con que se pagó.")

    @property
    def tono(self) -> str:
        return "aviso" if self.por_pagar else TONOS_DE_COMPROMISO[self.estado]

    @classmethod
    def de(cls, fila: Compromiso, custodia: Custodia, ahora: datetime) -> "CompromisoDePedido":
        debe = fila.estado == EstadoCompromiso.ADEUDADO
        espera = debe or custodia.estado == EstadoCustodia.POR_LIBERAR
        desde = custodia.liberar_en if espera else None
        vencido = desde is not None and desde <= ahora
        return cls(
            pedido_id=fila.pedido_id,
            entidad_id=fila.entidad_id,
            certificado_id=fila.certificado_id,
            certificacion=fila.certificacion,
            estado=EstadoCompromiso(fila.estado),
            por_pagar=vencido and not debe,
            dias_de_mora=(fecha_bolivia(ahora) - fecha_bolivia(desde)).days if vencido and desde else 0,
            tarde=debe or (vencido and _paso_su_plazo(fila, ahora)),
            adeudado=custodia.ejecutado if debe else cero(),
            comprobante=fila.comprobante or "",
            comprobante_fecha=fila.comprobante_fecha,
            responder_hasta=fila.responder_hasta,
            por_silencio=por_silencio(fila, ahora),
            desmentir_hasta=fila.desmentir_hasta,
            se_corrige=fila.estado == EstadoCompromiso.DICHO or se_rectifica(fila, ahora),
            se_paga_con=SePagaCon(fila.se_paga_con),
            falla=fila.falla,
        )


def _paso_su_plazo(fila: Compromiso, ahora: datetime) -> bool:
    """Whether the term ended after which whoever should know of what is due and unpaid is told."""
    return fila.avisado_en is not None or (fila.avisar_en is not None and fila.avisar_en <= ahora)


def por_silencio(fila: Compromiso, ahora: datetime) -> bool:
    """Nobody answered what was said to have been paid, and who sells may still say that it did not come."""
    return fila.desmentir_hasta is not None and fila.desmentir_hasta > ahora


def se_rectifica(fila: Compromiso, ahora: datetime) -> bool:
    """Its entity may correct, once, the C-31 that the silence of who sells took for one that came."""
    if not por_silencio(fila, ahora):
        return False
    assert fila.dicho_en is not None
    assert fila.terminado_en is not None
    return fila.dicho_en <= fila.terminado_en


def compromiso_de(sesion: Session, pedido_id: UUID) -> CompromisoDePedido | None:
    """None of an order that holds money."""
    fila = sesion.get(Compromiso, pedido_id)
    if fila is None:
        return None
    return CompromisoDePedido.de(fila, sesion.get_one(Custodia, pedido_id), ahora_bd(sesion))
