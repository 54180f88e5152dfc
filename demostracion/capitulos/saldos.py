"""Wallets: the money that people and entities begin with, what they send each other, what owners draw."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from moneyed import Money
from sqlmodel import Session

from demostracion.elenco import actor, billetera, caja, id_de_persona, si_se_puede, ya_ingreso
from demostracion.estaciones import crecimiento, hora, veces
from demostracion.personas import PERSONAS
from demostracion.relato import Epoca, Paso, a_las, capitulo
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import bs
from nucleo.ids import id_demo
from pagos import (
    Codigo,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_sistema,
    exigir_transferencia,
    saldo_disponible,
)
from pagos.billetera import enviar, recargar_demostracion

RECARGA = "600.00"
PRESUPUESTOS = {"alcaldia": "24000.00", "gobernacion": "9000.00"}  # of a quarter
AL_DIA = 0.65  # what people send each other on an ordinary day
RETIRAN_CADA_DIAS = 14
DUENIOS = ("tejidos", "cafe", "madera", "quinua", "ferreteria", "papeleria")  # of units of the same keys
PARA_QUE = (  # more often than not, nobody writes anything
    *(None,) * 6,
    "El almuerzo (demostración)",
    "Lo de la feria (demostración)",
    "Gracias por el préstamo (demostración)",
    "La cuota del curso (demostración)",
)
# who sends to whom, the more often the more times
PARES = (
    *(("ana", "luis"), ("luis", "ana"), ("ana", "tejidos")) * 3,
    *(("regulador", "ana"), ("correos", "luis"), ("gobernacion", "alcaldia")) * 2,
    ("tejidos", "quinua"),
    ("cafe", "ana"),
    ("madera", "ferreteria"),
    ("alcaldia", "regulador"),
    ("papeleria", "cafe"),
    ("quinua", "luis"),
    ("ferreteria", "madera"),
    ("luis", "correos"),
)


@capitulo("pagos")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    yield Paso(a_las(epoca.desde, 13), "recargas", _recargar_todas)
    dias = list(epoca.dias())
    for vez, dia in enumerate(dias):
        if vez == 0 or (dia.day == 2 and dia.month % 3 == 1):
            yield Paso(a_las(dia, 14), f"presupuestos {dia}", partial(_presupuestos, vez=vez))
    for dia in dias[1:]:
        azar = epoca.azar(f"envíos {dia}")
        for n in range(veces(azar, AL_DIA * crecimiento(epoca, dia))):
            de, a = azar.choice(PARES)
            monto = bs(azar.choice((5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 120)))
            nota = epoca.azar(f"nota {dia} {n}").choice(PARA_QUE)
            enviar_ = partial(_enviar, nombre=f"envio:{dia}:{n}", de=de, a=a, monto=monto, nota=nota)
            yield Paso(hora(azar, dia), f"envío {dia} {n}", enviar_)
    for dia in dias[RETIRAN_CADA_DIAS:-1:RETIRAN_CADA_DIAS]:
        for n, clave in enumerate(DUENIOS):
            yield Paso(
                a_las(dia, 18 + n / 7), f"{clave} {dia}", partial(_para_su_duenio, clave=clave, dia=dia)
            )


def _recargar_todas(sesion: Session) -> None:
    for clave in PERSONAS:
        if ya_ingreso(sesion, clave):
            recargar_demostracion(
                sesion, actor(sesion, clave), id=id_demo(f"recarga:{clave}"), monto=bs(RECARGA)
            )


def _presupuestos(sesion: Session, vez: int) -> None:
    """What the State gives its entities each quarter."""
    abonos = [
        SolicitudTransferencia(
            id=id_demo(f"presupuesto:{clave}:{vez}"),
            debito=cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
            credito=caja(sesion, clave),
            monto=bs(monto),
            codigo=Codigo.AJUSTE,
        )
        for clave, monto in PRESUPUESTOS.items()
    ]
    exigir_transferencia(sesion, abonos, Autorizacion.propia(Actor.sistema("demostracion")))


def _enviar(sesion: Session, nombre: str, de: str, a: str, monto: Money, nota: str | None) -> None:
    with si_se_puede(sesion):
        enviar(
            sesion,
            actor(sesion, de),
            id=id_demo(nombre),
            cuenta_id=billetera(sesion, de),
            persona_id=id_de_persona(a),
            monto=monto,
            nota=nota,
        )


def _para_su_duenio(sesion: Session, clave: str, dia: date) -> None:
    """Half of what the unit has, in tens, up to a thousand."""
    cuenta = caja(sesion, clave)
    decenas = min(int(saldo_disponible(sesion, cuenta).amount / 2), 1000) // 10
    if decenas > 0:
        with si_se_puede(sesion):
            enviar(
                sesion,
                actor(sesion, clave),
                id=id_demo(f"retira:{clave}:{dia}"),
                cuenta_id=cuenta,
                persona_id=id_de_persona(clave),
                monto=bs(10 * decenas),
            )
