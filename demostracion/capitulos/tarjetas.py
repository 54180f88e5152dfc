"""Top-ups by card over the year: refused, given back, disputed and answered; a card that is kept."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlmodel import Session

from demostracion.elenco import actor
from demostracion.estaciones import hora
from demostracion.relato import Epoca, Paso, capitulo
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import id_demo
from pagos.tarjetas import (
    avanzar,
    avanzar_reembolso,
    conciliar_pagos,
    conciliar_reembolsos,
    devolver_a_la_tarjeta,
    id_en_la_pasarela,
    pago_en_curso,
    recargar,
    recibir_aviso,
    saldo_por_devolver,
    usa_simulacion,
)
from pagos.tarjetas.guardadas import avanzar_tarjeta, consentir_tarjeta, pagina_de_la_tarjeta
from pagos.tarjetas.respuestas import avanzar_respuesta, disputas_del_pago, responder_a_la_disputa
from pagos.tarjetas.simulada import (
    avanzar_tiempo,
    decidir_disputa,
    disputar_pago,
    entregar_avisos,
    pagar_sesion,
)

CADA_DIAS = 9
QUIENES = ("ana", "ana", "luis", "luis", "regulador", "correos", "gobernacion")
BUENA, SIN_FONDOS = "pm_card_visa", "pm_card_visa_chargeDeclinedInsufficientFunds"
METODOS = (*(BUENA,) * 10, SIN_FONDOS, "pm_card_visa_chargeDeclined", "pm_card_chargeDeclinedExpiredCard")
ULTIMAS = (("buena", "150.00", BUENA), ("sin_fondos", "80.00", SIN_FONDOS))
DEVUELTA_HACE, DISPUTADA_HACE = timedelta(days=75), timedelta(days=130)
DECIDE_EN = timedelta(days=21)


@capitulo("pagos.pasarela")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """Each payment in its own transactions: the gateway is asked outside any."""
    if not usa_simulacion():
        return
    for numero, dia in enumerate(list(epoca.dias())[3:-7:CADA_DIAS], start=1):
        azar = epoca.azar(f"recarga con tarjeta {numero}")
        monto, metodo = f"{azar.randrange(4, 31) * 10}.00", azar.choice(METODOS)
        hacer = partial(
            recargar_con, quien=azar.choice(QUIENES), nombre=str(numero), monto=monto, metodo=metodo
        )
        yield Paso(hora(azar, dia), f"recarga {numero}", hacer)
    yield from _devuelta(epoca)
    yield from _disputada(epoca)
    yield from _guardada(epoca)
    for numero, (nombre, monto, metodo) in enumerate(ULTIMAS):
        cuando = epoca.hoy - timedelta(days=6 - 2 * numero)
        yield Paso(
            cuando,
            nombre,
            partial(recargar_con, quien="ana", nombre=nombre, monto=monto, metodo=metodo),
        )


def _devuelta(epoca: Epoca) -> Iterator[Paso]:
    cuando = epoca.hoy - DEVUELTA_HACE
    recarga = partial(recargar_con, quien="luis", nombre="devuelta", monto="200.00", metodo=BUENA)
    yield Paso(cuando, "devuelta", recarga)
    yield Paso(cuando + timedelta(days=2), "devuelta: reembolso", _reembolsar)


def _disputada(epoca: Epoca) -> Iterator[Paso]:
    cuando = epoca.hoy - DISPUTADA_HACE
    recarga = partial(recargar_con, quien="regulador", nombre="disputada", monto="120.00", metodo=BUENA)
    yield Paso(cuando, "disputada", recarga)
    yield Paso(
        cuando + timedelta(days=3),
        "disputada: el titular reclama",
        partial(reclama_el_banco, nombre="disputada"),
    )
    yield Paso(cuando + timedelta(days=5), "disputada: se responde al banco", _responder)
    yield Paso(cuando + DECIDE_EN, "disputada: el banco decide", partial(decide_el_banco, nombre="disputada"))


def _guardada(epoca: Epoca) -> Iterator[Paso]:
    yield Paso(epoca.hoy - timedelta(days=12), "guardada: ana consiente y la escribe", _guardar)
    yield Paso(epoca.hoy - timedelta(days=3, hours=2), "guardada: recarga con ella", _recargar_con_ella)


def _guardar(sesion: Session) -> None:
    ana, id = actor(sesion, "ana"), id_demo("tarjeta:ana")
    consentir_tarjeta(sesion, ana, id=id, consiente=True)
    sesion.commit()
    avanzar_tarjeta(id)
    pagina = pagina_de_la_tarjeta(sesion, id)
    sesion.commit()
    assert pagina is not None
    pagar_sesion(pagina, BUENA)
    avanzar_tarjeta(id)


def _recargar_con_ella(sesion: Session) -> None:
    ana, id = actor(sesion, "ana"), _id_de("con la guardada")
    recargar(sesion, ana, id=id, monto=bs("60.00"), tarjeta_id=id_demo("tarjeta:ana"))
    sesion.commit()
    avanzar(id)
    _escuchar()


def _responder(sesion: Session) -> None:
    rosa, id = actor(sesion, "regulador"), id_demo("respuesta:disputada")
    (disputa,) = disputas_del_pago(sesion, _id_de("disputada"))
    responder_a_la_disputa(
        sesion,
        rosa,
        id=id,
        disputa_id=disputa,
        explicacion="La titular recargó su propia billetera con su tarjeta y usó el dinero esa semana.",
    )
    sesion.commit()
    avanzar_respuesta(id)
    _escuchar()


def recargar_con(sesion: Session, quien: str, nombre: str, monto: str, metodo: str = BUENA) -> None:
    """Somebody tops up by card; `nombre` is of the payment."""
    titular, intento_id = actor(sesion, quien), _id_de(nombre)
    sesion.commit()
    with transaccion() as propia:
        por_enviar = recargar(propia, titular, id=intento_id, monto=bs(monto), metodo=metodo)
    if por_enviar:
        avanzar(intento_id)
    _escuchar()


def pagar_en_la_pasarela(pago_id: UUID) -> None:
    """Somebody goes to the gateway's page and pays there what was just written down."""
    avanzar(pago_id)
    with transaccion() as propia:
        _estado, pagina, _motivo = pago_en_curso(propia, pago_id)
    assert pagina is not None
    pagar_sesion(pagina.rsplit("/", 1)[1], BUENA)
    avanzar(pago_id)
    _escuchar()


def _reembolsar(sesion: Session) -> None:
    luis, id = actor(sesion, "luis"), id_demo("reembolso_a_tarjeta:devuelta")
    saldo = saldo_por_devolver(sesion, _id_de("devuelta"))
    devolver_a_la_tarjeta(
        sesion,
        luis,
        id=id,
        intento_id=_id_de("devuelta"),
        monto=saldo,
        saldo_visto=saldo,
        nota="Recargué dos veces.",
    )
    sesion.commit()
    avanzar_reembolso(id)
    _escuchar()


def reclama_el_banco(sesion: Session, nombre: str) -> None:
    """The holder of the card does not recognise that payment."""
    disputar_pago(_en_la_pasarela(sesion, nombre))
    _escuchar()


def decide_el_banco(sesion: Session, nombre: str) -> None:
    """The bank decides for the holder of the card."""
    disputa = disputar_pago(_en_la_pasarela(sesion, nombre))
    decidir_disputa(disputa["id"], gana_el_comercio=False)
    _escuchar()


def _en_la_pasarela(sesion: Session, nombre: str) -> str:
    pago = id_en_la_pasarela(sesion, _id_de(nombre))
    assert pago is not None
    sesion.commit()
    return pago


def _escuchar() -> None:
    """What the gateway has to say reaches us now: there is no web to send its webhooks to."""
    avanzar_tiempo()
    entregar_avisos(_recibir)
    entregar_pendientes()
    conciliar_pagos()
    conciliar_reembolsos()


def _recibir(cuerpo: bytes, cabeceras: dict[str, str]) -> int:
    with transaccion() as propia:
        recibir_aviso(propia, cuerpo, cabeceras["Stripe-Signature"])
    return 200


def _id_de(nombre: str) -> UUID:
    return id_demo(f"pago_con_tarjeta:{nombre}")
