"""Wallets: aliases to be paid under, requests for money and how each ended, and one that waits for Ana."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from sqlmodel import Session

from demostracion.elenco import actor, billetera, id_de_persona, si_se_puede
from demostracion.estaciones import hora
from demostracion.relato import Epoca, Paso, a_las, capitulo
from nucleo.actor import Actor
from nucleo.dinero import bs
from nucleo.ids import id_demo
from pagos.billetera import (
    cancelar_solicitud,
    crear_codigo,
    elegir_alias,
    pagar_solicitud,
    pedir_dinero,
    rechazar_solicitud,
)

ALIAS = {"ana": "ana.prueba", "luis": "luis.prueba", "tejidos": "teodora.illimani"}
CODIGOS = (
    ("ana", None, None),
    ("luis", None, None),
    ("luis", "12.00", "Salteña y refresco (demostración)"),
)
SOLICITUD = id_demo("solicitud:luis-ana")
Final = Callable[[Session, Actor, UUID], None]
CADA_DIAS = 8
CONOCIDOS = (
    ("luis", "ana"),
    ("ana", "luis"),
    ("regulador", "ana"),
    ("correos", "luis"),
    ("tejidos", "ana"),
    ("gobernacion", "alcaldia"),
    ("madera", "ferreteria"),
    ("cafe", "quinua"),
)
MOTIVOS = (
    "Su parte del almuerzo (demostración)",
    "El pasaje compartido (demostración)",
    "La cuota del regalo (demostración)",
    "Lo que le presté el sábado (demostración)",
    "Entradas de la feria (demostración)",
)
# None: nobody answers, and it expires.
FINALES: tuple[Final | None, ...] = (
    *(pagar_solicitud,) * 6,
    rechazar_solicitud,
    cancelar_solicitud,
    None,
    None,
)


@capitulo("pagos.personas")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    yield Paso(a_las(epoca.desde + timedelta(days=40), 19.5), "alias", _elegir_alias)
    yield Paso(a_las(epoca.desde + timedelta(days=41), 19.5), "códigos", _hacer_codigos)
    yield from _del_anio(epoca)
    yield Paso(epoca.hoy - timedelta(hours=5), "solicitud", _pedir_a_ana)


def _del_anio(epoca: Epoca) -> Iterator[Paso]:
    """Small debts between people who know each other: most are paid in a day or two."""
    for numero, dia in enumerate(list(epoca.dias())[10:-9:CADA_DIAS], start=1):
        azar = epoca.azar(f"solicitud {numero}")
        pide, paga = azar.choice(CONOCIDOS)
        motivo, monto = azar.choice(MOTIVOS), azar.randrange(16, 180)
        cuando = hora(azar, dia)
        pedir = partial(_pedir, numero=numero, pide=pide, paga=paga, monto=monto, motivo=motivo)
        yield Paso(cuando, f"solicitud {numero}", pedir)
        final = azar.choice(FINALES)
        if final is not None:
            quien = pide if final is cancelar_solicitud else paga
            hacer = partial(_responder, numero=numero, quien=quien, final=final)
            yield Paso(cuando + timedelta(hours=azar.uniform(1, 50)), f"respuesta {numero}", hacer)


def _pedir(sesion: Session, numero: int, pide: str, paga: str, monto: int, motivo: str) -> None:
    pedir_dinero(
        sesion,
        actor(sesion, pide),
        id=_id_de_solicitud(numero),
        cuenta_id=billetera(sesion, pide),
        pagador_id=id_de_persona(paga),
        monto=bs(Decimal(monto) / 2),
        motivo=motivo,
    )


def _responder(sesion: Session, numero: int, quien: str, final: Final) -> None:
    with si_se_puede(sesion):
        final(sesion, actor(sesion, quien), _id_de_solicitud(numero))


def _id_de_solicitud(numero: int) -> UUID:
    return id_demo(f"solicitud:{numero}")


def _elegir_alias(sesion: Session) -> None:
    for clave, alias in ALIAS.items():
        elegir_alias(sesion, actor(sesion, clave), alias)


def _hacer_codigos(sesion: Session) -> None:
    for clave, monto, nota in CODIGOS:
        crear_codigo(
            sesion,
            actor(sesion, clave),
            id=id_demo(f"codigo:{clave}:{monto}"),
            monto=None if monto is None else bs(monto),
            nota=nota,
            dias=None,
        )


def _pedir_a_ana(sesion: Session) -> None:
    pedir_dinero(
        sesion,
        actor(sesion, "luis"),
        id=SOLICITUD,
        cuenta_id=billetera(sesion, "luis"),
        pagador_id=id_de_persona("ana"),
        monto=bs("18.50"),
        motivo="Su parte del almuerzo (demostración)",
    )
