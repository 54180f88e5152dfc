"""What becomes of a purchase when the bank of the card that paid it claims the payment.

While it decides, what is held of its orders waits. When it gives the money to the cardholder, what is held
goes back, and those orders end; what was paid to who sold stays theirs, and who paid with the card owes it.
When it changes its mind what it took comes back, and goes to whose it was by what each order became.
Everything here may be asked twice, late and in any order: it looks at what the bank said and at what is held.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from comercio.compra.modelos import Pedido
from comercio.custodia import VIVA, detener_por_banco, dineros_de, soltar_del_banco
from comercio.custodia.modelos import Custodia
from comercio.pedidos import AVISO_VENTA, avisar_comprador, devolver_al_banco, falta_a_quien_vendio
from comercio.por_pagar.asunto import SISTEMA
from comercio.por_pagar.bloqueos import bloquear_sus_pedidos
from comercio.por_pagar.modelos import PorPagar, TomadoPorElBanco
from comercio.reclamos import dejar_por_banco, lo_que_volvio, reclamo_abierto
from empresa_digital.registro import notificar_unidad
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero, de_centavos, formato_bs
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos import Cuenta, cuenta_de_persona, obtener_cuenta
from pagos.tarjetas import (
    EstadoDisputa,
    ReclamoDelBanco,
    cobrar_lo_perdido,
    reclamos_del_banco,
    repartir_lo_recuperado,
)


def atender_al_banco(sesion: Session, fila: PorPagar) -> bool:
    """Of a purchase, locked: hold, give back or let go what is held of its orders, as its bank says. Whether
    something changed."""
    reclamos = reclamos_del_banco(sesion, fila.compra_id)
    if not reclamos:
        return False
    pedidos = bloquear_sus_pedidos(sesion, fila.compra_id)
    perdidos = [
        r for r in reclamos if r.estado is EstadoDisputa.PERDIDA and r.falta > cero() and not r.de_quien_pago
    ]
    for reclamo in perdidos:
        _perder(sesion, fila, pedidos, reclamo)
    bancos = {r.id for r in reclamos}
    devueltos = [r for r in reclamos if r.por_repartir > cero()]
    repartidos = [r for r in devueltos if _repartir_lo_devuelto(sesion, fila, pedidos, r, bancos)]
    abierto = any(r.estado is EstadoDisputa.ABIERTA for r in reclamos)
    movidos = [p for p in _con_dinero(sesion, pedidos) if _detener(sesion, p, abierto)]
    for pedido in movidos:
        _avisar(sesion, pedido, *(_detenido() if abierto else _suelto()))
    return bool(perdidos or repartidos or movidos)


def _con_dinero(sesion: Session, pedidos: Sequence[Pedido]) -> list[Pedido]:
    """Those of which something is held."""
    dineros = dineros_de(sesion, [p.id for p in pedidos])
    return [p for p in pedidos if p.id in dineros and dineros[p.id].estado in VIVA]


def _detener(sesion: Session, pedido: Pedido, abierto: bool) -> bool:
    if abierto:
        return detener_por_banco(sesion, pedido.id)
    return soltar_del_banco(sesion, pedido.id, reclamado=reclamo_abierto(sesion, pedido.id) is not None)


def _perder(sesion: Session, fila: PorPagar, pedidos: Sequence[Pedido], reclamo: ReclamoDelBanco) -> None:
    """What the bank took goes back out of what is held, and is then the platform's, which paid the bank."""
    suyos = _con_dinero(sesion, pedidos)
    dineros = dineros_de(sesion, [p.id for p in suyos])
    partes = _repartir(reclamo.falta, {p.id: dineros[p.id].queda for p in suyos})
    for pedido in suyos:
        if (parte := partes[pedido.id]) > cero():
            if parte == dineros[pedido.id].queda:
                dejar_por_banco(sesion, pedido, SISTEMA)
            motivo = _("El banco dio la razón al titular de la tarjeta.")
            devolver_al_banco(sesion, pedido, SISTEMA, parte, reclamo.id, motivo)
            sesion.add(TomadoPorElBanco(disputa_id=reclamo.id, pedido_id=pedido.id, importe=parte))
            _avisar(sesion, pedido, *_devuelto(parte, dineros[pedido.id].queda - parte))
    cobrar_lo_perdido(sesion, reclamo.id)
    hechos = {"disputa": str(reclamo.id), "devuelto": a_centavos(sum(partes.values(), cero()))}
    auditar(sesion, SISTEMA, "compra.perder", "comercio_compra", fila.compra_id, hechos)


def _repartir_lo_devuelto(
    sesion: Session,
    fila: PorPagar,
    pedidos: Sequence[Pedido],
    reclamo: ReclamoDelBanco,
    bancos: Collection[UUID],
) -> bool:
    """The bank gave back after all what it took of these orders. Of each one whose money ended: what who sold
    did of it is theirs, without commission, since there was no sale of it here; the rest is of who paid, and
    so is what was in the purchase's account when the bank took it. No order begins again by it. What is of a
    closed account waits, and so does what is of an order that goes on. Whether something was shared.
    """
    partes = _Partes(sesion, fila)
    tomados = _por_repartir(sesion, reclamo.id)
    sobra = reclamo.por_repartir - sum((t.importe for t in tomados), cero())
    if sobra < cero():  # `verify` says it
        return False
    partes.dar(cero(), sobra, vendedor=None)
    for tomado in tomados:
        (pedido,) = (p for p in pedidos if p.id == tomado.pedido_id)
        custodia = sesion.get_one(Custodia, pedido.id)
        if custodia.terminada_en is None:
            continue
        suyo = min(tomado.importe, _falta_a_quien_vendio(sesion, pedido, bancos))
        if partes.dar(suyo, tomado.importe - suyo, vendedor=custodia.cuenta_vendedor):
            tomado.de_quien_vende, tomado.repartido_en = suyo, ahora_bd(sesion)
            sesion.flush()
            _avisar(sesion, pedido, *_cambio_de_idea(suyo, tomado.importe - suyo))
    if not partes.de:
        return False
    repartir_lo_recuperado(sesion, reclamo.id, partes.de)
    hechos = {"disputa": str(reclamo.id)} | {str(id): a_centavos(monto) for id, monto in partes.de.items()}
    auditar(sesion, SISTEMA, "compra.recuperar", "comercio_compra", fila.compra_id, hechos)
    return True


class _Partes:
    """What each account gets of what a bank gave back."""

    def __init__(self, sesion: Session, fila: PorPagar) -> None:
        self._sesion = sesion
        self._comprador = obtener_cuenta(sesion, cuenta_de_persona(sesion, fila.persona_id))
        self.de: dict[int, Money] = {}

    def dar(self, al_vendedor: Money, al_comprador: Money, *, vendedor: int | None) -> bool:
        """Both, or, when an account of them is closed, neither."""
        suyas: list[tuple[Cuenta, Money]] = [(self._comprador, al_comprador)]
        if vendedor is not None:
            suyas.append((obtener_cuenta(self._sesion, vendedor), al_vendedor))
        suyas = [(cuenta, monto) for cuenta, monto in suyas if monto > cero()]
        if any(cuenta.cerrada for cuenta, _monto in suyas):
            return False
        for cuenta, monto in suyas:
            self.de[cuenta.id] = self.de.get(cuenta.id, cero()) + monto
        return True


def _por_repartir(sesion: Session, disputa_id: UUID) -> Sequence[TomadoPorElBanco]:
    consulta = select(TomadoPorElBanco).where(
        col(TomadoPorElBanco.disputa_id) == disputa_id, col(TomadoPorElBanco.repartido_en).is_(None)
    )
    return sesion.exec(consulta.order_by(col(TomadoPorElBanco.pedido_id))).all()


def _falta_a_quien_vendio(sesion: Session, pedido: Pedido, bancos: Collection[UUID]) -> Money:
    """What who sold it did of an order and nobody paid them yet."""
    tomados = sesion.exec(select(TomadoPorElBanco).where(col(TomadoPorElBanco.pedido_id) == pedido.id)).all()
    ya = sum((t.de_quien_vende or cero() for t in tomados), cero())
    ultimo, volvio = max(t.ocurrio_en for t in tomados), lo_que_volvio(sesion, pedido.id)
    falta = falta_a_quien_vendio(sesion, pedido, bancos, ultimo, volvio)
    return max(cero(), falta - ya)


def _repartir(monto: Money, entre: Mapping[UUID, Money]) -> dict[UUID, Money]:
    """All that each holds, or `monto` among them in proportion, exactly."""
    total, va, hasta = sum((a_centavos(m) for m in entre.values()), 0), 0, 0
    centavos = min(a_centavos(monto), total)
    partes: dict[UUID, Money] = {}
    for id, tiene in entre.items():
        va += a_centavos(tiene)
        antes, hasta = hasta, centavos * va // total
        partes[id] = de_centavos(hasta - antes)
    return partes


# --- Notices ----------------------------------------------------------------------------------------

Aviso = tuple[str, str, str]
"""Of what, what who bought reads, what who sells reads."""


def _detenido() -> Aviso:
    return (
        _("Pedido %(numero)s: un banco reclama el pago"),
        _(
            "El banco de la tarjeta con que se pagó reclama el dinero, que espera en custodia. Si le da la "
            "razón al titular, vuelve a la tarjeta y el pedido termina; si no, sigue como estaba."
        ),
        _(
            "El banco de la tarjeta con que se pagó reclama el dinero, que espera en custodia. Si no lo "
            "mandó, no lo mande hasta que el banco decida: lo que no salga no cuenta en su contra. Puede "
            "responder al banco desde la página del pedido."
        ),
    )


def _suelto() -> Aviso:
    sigue = _("El banco no devolvió el pago: el pedido sigue como estaba, con las mismas fechas.")
    return _("Pedido %(numero)s: el banco decidió"), sigue, sigue


def _devuelto(monto: Money, queda: Money) -> Aviso:
    datos = {"monto": formato_bs(monto), "queda": formato_bs(queda)}
    if queda > cero():
        return (
            _("Pedido %(numero)s: el banco devolvió una parte"),
            _("El banco devolvió %(monto)s a la tarjeta. En custodia quedan %(queda)s.") % datos,
            _("El banco devolvió %(monto)s a la tarjeta. En custodia quedan %(queda)s para usted.") % datos,
        )
    return (
        _("Pedido %(numero)s: el banco devolvió el pago"),
        _("El banco devolvió %(monto)s a la tarjeta: el pedido terminó.") % datos,
        _("El banco devolvió %(monto)s a la tarjeta: el pedido terminó. Lo que no salió vuelve a la venta.")
        % datos,
    )


def _cambio_de_idea(de_quien_vende: Money, de_quien_pago: Money) -> Aviso:
    datos = {"vende": formato_bs(de_quien_vende), "pago": formato_bs(de_quien_pago)}
    a_quien_compra = _("El banco cambió su decisión: el cargo a la tarjeta queda firme.")
    a_quien_vende = a_quien_compra
    if de_quien_pago > cero():
        a_quien_compra += " " + _(
            "Lo que no se le mandó, o volvió, %(pago)s, está en la billetera de quien pagó."
        )
    if de_quien_vende > cero():
        a_quien_compra += " " + _("%(vende)s son de quien vendió, que ya lo había mandado o hecho.")
        a_quien_vende += " " + _("%(vende)s de lo que mandó o hizo están en su cuenta.")
    else:
        a_quien_vende += " " + _("Lo que no mandó, o volvió a usted, es de quien pagó.")
    return _("Pedido %(numero)s: el banco cambió su decisión"), a_quien_compra % datos, a_quien_vende % datos


def _avisar(sesion: Session, pedido: Pedido, asunto: str, a_quien_compra: str, a_quien_vende: str) -> None:
    asunto %= {"numero": pedido.numero}
    avisar_comprador(sesion, pedido, asunto, a_quien_compra, f"/pedidos/{pedido.id}")
    notificar_unidad(
        sesion,
        pedido.vendedor_id,
        asunto,
        a_quien_vende,
        f"/vender/pedidos/{pedido.id}",
        clase=AVISO_VENTA,
    )
