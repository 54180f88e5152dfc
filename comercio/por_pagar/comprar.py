"""Place a purchase that a card or a QR pays: all is reserved and frozen as it is sold, and its money is asked
for."""

import base64
import secrets
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from uuid import UUID

from sqlmodel import Session, col, or_, select

from comercio.carrito import Titular, bloquear_carrito
from comercio.compra import CompraRepetida, SolicitudCompra, comprar
from comercio.compra.modelos import Compra
from comercio.por_pagar.asunto import CLASE
from comercio.por_pagar.errores import CompraPorPagarNoEncontrada, DemasiadasSinPagar, TarjetaSoloPropia
from comercio.por_pagar.estados import Medio
from comercio.por_pagar.modelos import PorPagar
from nucleo.actor import Actor, Autorizacion
from nucleo.plantillas import filtro_fecha_hora
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos import Codigo, cuenta_de_asunto
from pagos.tarjetas import Estado, pago_en_curso, pedir_pago_con_tarjeta

RESERVA = timedelta(minutes=10)
SIN_PAGAR = 5
"""How many purchases somebody may let go in `EN` without paying them: what each reserves is of nobody else
meanwhile. One whose card was refused is not counted, they meant to pay, nor one given up `ENSEGUIDA`."""
EN = timedelta(days=1)
ENSEGUIDA = timedelta(minutes=2)
"""Enough to see at the gateway that something is wrong and go back; a fifth of what a reservation lasts."""


def comprar_con_tarjeta(sesion: Session, actor: Actor, solicitud: SolicitudCompra) -> PorPagar:
    """All or nothing; the caller commits and only then goes to the gateway, where the payment has the
    purchase's id. Sending it again gives the same.

    Raises what `comprar` and `pedir_pago_con_tarjeta` do, `CompraEnEspera`, `TarjetaSoloPropia` and
    `DemasiadasSinPagar`.
    """
    return _comprar(sesion, actor, solicitud, Medio.TARJETA)


def comprar_con_qr(sesion: Session, actor: Actor, solicitud: SolicitudCompra) -> PorPagar:
    """All or nothing: the purchase has a code that any wallet pays (`pagar_por_qr`). Sending it again gives
    the same. Raises what `comprar` does, `CompraEnEspera`, `TarjetaSoloPropia` and `DemasiadasSinPagar`."""
    return _comprar(sesion, actor, solicitud, Medio.QR)


def _comprar(sesion: Session, actor: Actor, solicitud: SolicitudCompra, medio: Medio) -> PorPagar:
    if solicitud.unidad_id is not None:
        raise TarjetaSoloPropia(_("Elija «Para mí», o pague desde la cuenta de la unidad."))
    with sesion.begin_nested():
        compra = comprar(sesion, actor, replace(solicitud, por_pagar=True))
        assert actor.persona_id is not None
        fila = sesion.get(PorPagar, compra.id, populate_existing=True)
        if fila is not None:
            return fila
        if bloquear_carrito(sesion, Titular(persona_id=actor.persona_id)).por_pagar_id != compra.id:
            raise CompraRepetida(_("Use un identificador nuevo para una compra distinta."))
        _exigir_que_pague(sesion, actor.persona_id)
        return _esperar(sesion, actor, compra, solicitud.lineas is None, medio)


def _exigir_que_pague(sesion: Session, persona_id: UUID) -> None:
    """Who reserved and did not pay so many times waits, their cart held. Raises `DemasiadasSinPagar`."""
    ahora = ahora_bd(sesion)
    consulta = (
        select(PorPagar)
        .where(
            col(PorPagar.persona_id) == persona_id,
            col(PorPagar.creada_en) > ahora - EN,
            col(PorPagar.pagada_en).is_(None),
            or_(
                col(PorPagar.dejada_en).is_(None),
                col(PorPagar.dejada_en) >= col(PorPagar.creada_en) + ENSEGUIDA,
            ),
        )
        .order_by(col(PorPagar.creada_en).desc())
    )
    sueltas = list(islice((f for f in sesion.exec(consulta) if not _rechazada(sesion, f)), SIN_PAGAR))
    if len(sueltas) < SIN_PAGAR:
        return
    desde = sueltas[-1].creada_en + EN
    texto = _(
        "En un día apartó %(n)s compras y no las pagó. Podrá apartar otra desde el %(cuando)s; hasta "
        "entonces pague al comprar, desde su billetera."
    )
    raise DemasiadasSinPagar(
        texto % {"n": SIN_PAGAR, "cuando": filtro_fecha_hora(desde)}, desde=desde.isoformat()
    )


def _rechazada(sesion: Session, fila: PorPagar) -> bool:
    """Whether its card was refused, and no other paid it."""
    if fila.medio != Medio.TARJETA:
        return False
    estado, _donde, motivo = pago_en_curso(sesion, fila.compra_id)
    return estado is Estado.RECHAZADO or (estado is Estado.REQUIERE_ACCION and motivo is not None)


def _esperar(sesion: Session, actor: Actor, compra: Compra, del_carrito: bool, medio: Medio) -> PorPagar:
    assert actor.persona_id is not None
    vence_en = ahora_bd(sesion) + RESERVA
    fila = PorPagar(
        compra_id=compra.id,
        persona_id=actor.persona_id,
        cuenta=cuenta_de_asunto(sesion, CLASE, compra.id),
        medio=medio,
        codigo=base64.b32encode(secrets.token_bytes(10)).decode() if medio is Medio.QR else None,
        del_carrito=del_carrito,
        vence_en=vence_en,
        revisar_en=vence_en,
    )
    sesion.add(fila)
    sesion.flush()
    if medio is Medio.QR:
        return fila
    pedir_pago_con_tarjeta(
        sesion,
        Autorizacion.propia(actor),
        id=compra.id,
        proposito="orden",
        destino=fila.cuenta,
        monto=compra.total,
        descripcion=_("Compra en Qhatu"),
        codigo=Codigo.CUSTODIA,
        referencia_id=compra.id,
    )
    return fila


def por_pagar_de(sesion: Session, actor: Actor, compra_id: UUID) -> PorPagar:
    """One's own. Raises `CompraPorPagarNoEncontrada`."""
    fila = sesion.get(PorPagar, compra_id, populate_existing=True)
    if fila is None or fila.persona_id != actor.persona_id:
        raise CompraPorPagarNoEncontrada()
    return fila
