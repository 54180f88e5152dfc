"""Cash on delivery at the checkout: when it is offered, and by whom it is collected."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlalchemy import or_, text
from sqlmodel import Session, col, select

from comercio.compra.errores import SinContraEntrega
from comercio.compra.modelos import Compra, Pedido, ReglaContraEntrega
from comercio.formas import Forma, FormaDeEntrega, formas_de
from envios import Tarifa, quienes_no_rinden, tarifas_entre
from nucleo.dinero import formato_bs
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

# Of a buyer: what came back, and what they have not received yet.
_LOS_SUYOS = text(
    """
    SELECT count(*) FILTER (WHERE k.estado = 'no_cobrada'
               AND k.terminada_en > nucleo_ahora() - make_interval(days => :dias)
               AND EXISTS (SELECT FROM comercio_paquete q WHERE q.pedido_id = p.id AND q.estado = 'devuelto'))
               AS volvieron,
           count(*) FILTER (WHERE k.estado = 'por_cobrar' AND NOT EXISTS (
               SELECT FROM comercio_paquete q WHERE q.pedido_id = p.id AND q.estado = 'entregado')) AS esperan
    FROM comercio_pedido p JOIN comercio_custodia k ON k.pedido_id = p.id
    WHERE p.comprador_parte_id = :parte AND k.contra_entrega
    """
)


@dataclass(frozen=True, slots=True)
class PorCobrar:
    """What one seller would send: how (None: it is no goods), what it weighs and what is paid for it."""

    nombre: str
    forma: Forma | None
    peso_g: int
    total: Money


def exigir_contra_entrega(
    sesion: Session, parte_id: UUID, pedidos: Collection[Pedido], formas: Mapping[UUID, Forma], destino: str
) -> None:
    """These orders may be paid at the door. Raises `SinContraEntrega`."""
    envios = [
        PorCobrar(p.vendedor_nombre, formas[p.vendedor_id] if p.forma else None, p.peso_g, p.total)
        for p in pedidos
    ]
    motivo = por_que_no(sesion, parte_id, envios, destino)
    if motivo:
        raise SinContraEntrega(motivo)


def exigir_a_solas(por_pagar: bool, de_unidad: bool, es_regalo: bool) -> None:
    """A person pays at the door what they receive, and in no other way. Raises `SinContraEntrega`."""
    if por_pagar:
        raise SinContraEntrega(_("Elija una forma de pago: al recibir, o antes."))
    if de_unidad:
        raise SinContraEntrega(_("Elija «Para mí», o pague desde la cuenta de la unidad."))
    if es_regalo:
        raise SinContraEntrega(_("Un regalo se paga antes: quien lo recibe no paga."))


def se_acepta(envios: Collection[PorCobrar]) -> bool:
    """Whether all of it goes by post and those who sell it accept to be paid so."""
    return bool(envios) and all(
        e.forma is not None and e.forma.forma is FormaDeEntrega.CORREO and e.forma.contra_entrega
        for e in envios
    )


def por_que_no(sesion: Session, parte_id: UUID, envios: Collection[PorCobrar], destino: str) -> str:
    """In words, why it is not offered; empty when it is. `destino`: empty while it is not known."""
    if not se_acepta(envios):
        return _("Se paga al recibir solo lo que va por correo, si quien vende lo acepta.")
    regla = regla_vigente(sesion)
    for envio in envios:
        if envio.total > regla.tope:
            datos = {"tope": formato_bs(regla.tope), "vendedor": envio.nombre}
            return _("Se paga al recibir hasta %(tope)s; lo de %(vendedor)s cuesta más.") % datos
    parametros = {"parte": parte_id, "dias": regla.dias}
    suyos = sesion.connection().execute(_LOS_SUYOS, parametros).one()
    if suyos.volvieron > regla.vueltas:
        return _("Varias compras suyas volvieron sin que las recibiera: por ahora pague antes.")
    if suyos.esperan + len(envios) > regla.abiertos:
        texto = _("Se tienen hasta %(n)s pedidos por pagar al recibir: reciba alguno, o pague antes.")
        return texto % {"n": regla.abiertos}
    rutas = {(e.forma.origen_ine or "", destino) for e in envios if e.forma is not None and destino}
    cobran = _que_cobran(sesion, rutas)
    for envio in envios:
        assert envio.forma is not None
        suyas = cobran.get((envio.forma.origen_ine or "", destino), ())
        if destino and not any(t.cobra(envio.peso_g, envio.total) for t in suyas):
            datos = {"vendedor": envio.nombre}
            return _("Ningún operador cobra en la puerta lo de %(vendedor)s en ese municipio.") % datos
    return ""


def quienes_cobran(sesion: Session, pedido: Pedido) -> set[UUID]:
    """The operators that carry all of an order to where it goes, collect its total there, and owe nothing of
    what they collected past its date."""
    destino = sesion.get_one(Compra, pedido.compra_id).municipio_ine or ""
    ruta = formas_de(sesion, [pedido.vendedor_id])[pedido.vendedor_id][0].origen_ine or "", destino
    suyas = _que_cobran(sesion, [ruta])[ruta]
    return {t.operador_unidad_id for t in suyas if t.cobra(pedido.peso_g, pedido.total)}


def _que_cobran(sesion: Session, rutas: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Tarifa]]:
    """What is carried on each of these routes by who hands over what they collect."""
    if not rutas:
        return {}
    morosos = quienes_no_rinden(sesion)
    todas = tarifas_entre(sesion, rutas)
    return {ruta: [t for t in suyas if t.operador_unidad_id not in morosos] for ruta, suyas in todas.items()}


def regla_vigente(sesion: Session) -> ReglaContraEntrega:
    """The one in force today."""
    hoy = fecha_bolivia(ahora_bd(sesion))
    hasta = col(ReglaContraEntrega.vigente_hasta)
    consulta = select(ReglaContraEntrega).where(
        col(ReglaContraEntrega.vigente_desde) <= hoy, or_(hasta.is_(None), hasta > hoy)
    )
    return sesion.exec(consulta).one()
